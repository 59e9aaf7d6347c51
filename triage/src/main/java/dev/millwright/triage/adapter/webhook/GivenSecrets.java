package dev.millwright.triage.adapter.webhook;

import dev.millwright.shared.settings.Secret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Secrets that a provider gave in a handshake instead of being given one. They are in the
/// database, since a handshake cannot be asked for again.
record GivenSecrets(Sql sql) {
  /// The secrets a provider gave for a webhook, newest first.
  List<Secret> of(String hook, int most) {
    return sql.on(connection -> {
      try (var query =
          connection.prepareStatement(
              "SELECT secret FROM delivery_secret WHERE hook = ? ORDER BY given_at DESC LIMIT ?")) {
        query.setString(1, hook);
        query.setInt(2, most);
        var secrets = new ArrayList<Secret>();
        for (var row = query.executeQuery(); row.next(); ) {
          secrets.add(new Secret(row.getString(1)));
        }
        return secrets;
      }
    });
  }

  void keep(String hook, Secret secret, Instant now) {
    sql.on(connection -> {
      try (var delete =
              connection.prepareStatement(
                  "DELETE FROM delivery_secret WHERE hook = ? AND secret = ?");
          var insert =
              connection.prepareStatement(
                  "INSERT INTO delivery_secret (hook, secret, given_at) VALUES (?, ?, ?)")) {
        delete.setString(1, hook);
        delete.setString(2, secret.reveal());
        delete.executeUpdate();
        insert.setString(1, hook);
        insert.setString(2, secret.reveal());
        insert.setLong(3, now.toEpochMilli());
        return insert.executeUpdate();
      }
    });
  }
}

package dev.millwright.triage.adapter.webhook;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/// Counts deliveries that could not prove who sent them, in memory until somebody writes it down: a
/// flood of them costs a row an hour for each webhook and reason, and no more.
final class Refusals {
  private final Sql sql;
  private final Map<List<String>, Tally> uncounted = new ConcurrentHashMap<>();

  Refusals(Sql sql) {
    this.sql = sql;
  }

  /// So many of one webhook for one reason.
  record Tally(String hook, String reason, long count, Instant lastAt) {
    Tally and(Tally more) {
      return new Tally(hook, reason, count + more.count, more.lastAt);
    }
  }

  void count(String hook, String reason, Instant now) {
    uncounted.merge(List.of(hook, reason), new Tally(hook, reason, 1, now), Tally::and);
  }

  /// Writes down what was counted since it was last asked to.
  void flush() {
    var more = uncounted.keySet().stream().map(uncounted::remove).filter(Objects::nonNull).toList();
    if (!more.isEmpty()) {
      add(more);
    }
  }

  private void add(List<Tally> more) {
    sql.on(connection -> {
      try (var update =
              connection.prepareStatement(
                  "UPDATE delivery_refused SET count = count + ?, last_at = ? WHERE hook = ? AND"
                      + " reason = ? AND at_hour = ?");
          var insert =
              connection.prepareStatement(
                  "INSERT INTO delivery_refused (count, last_at, hook, reason, at_hour) VALUES (?,"
                      + " ?, ?, ?, ?)")) {
        for (var tally : more) {
          if (counted(update, tally) == 0) {
            counted(insert, tally);
          }
        }
        return more.size();
      }
    });
  }

  private static int counted(PreparedStatement statement, Tally tally) throws SQLException {
    statement.setLong(1, tally.count());
    statement.setLong(2, tally.lastAt().toEpochMilli());
    statement.setString(3, tally.hook());
    statement.setString(4, tally.reason());
    statement.setLong(5, tally.lastAt().toEpochMilli() / Duration.ofHours(1).toMillis());
    return statement.executeUpdate();
  }

  /// All that were refused since, by webhook and reason.
  List<Tally> since(Instant since) {
    return sql.on(connection -> {
      try (var query =
          connection.prepareStatement(
              "SELECT hook, reason, SUM(count), MAX(last_at) FROM delivery_refused WHERE last_at >="
                  + " ? GROUP BY hook, reason ORDER BY hook, reason")) {
        query.setLong(1, since.toEpochMilli());
        var tallies = new ArrayList<Tally>();
        for (var row = query.executeQuery(); row.next(); ) {
          tallies.add(
              new Tally(
                  row.getString(1),
                  row.getString(2),
                  row.getLong(3),
                  Instant.ofEpochMilli(row.getLong(4))));
        }
        return tallies;
      }
    });
  }
}

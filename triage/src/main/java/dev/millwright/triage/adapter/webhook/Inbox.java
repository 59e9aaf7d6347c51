package dev.millwright.triage.adapter.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.shared.http.Json;
import dev.millwright.triage.adapter.webhook.Delivery.Standing;
import dev.millwright.triage.adapter.webhook.Delivery.Status;
import dev.millwright.triage.adapter.webhook.Delivery.Verdict;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Every verified delivery, in the journal's database: what `keep` returned from survives a kill.
/// Blocks. What several nodes claim at the same time, one of them gets.
final class Inbox {
  /// How long who claimed a delivery has for it, before somebody else may.
  private static final Duration LEASE = Duration.ofMinutes(1);

  private static final String COLUMNS =
      "seq, id, hook, source, event, received_at, headers, status, due_at, attempts, verdict, rule,"
          + " reason, items, judged_at";
  private static final Pattern UNSTORABLE = Pattern.compile("[\\x00\\p{Cs}]");

  private final Sql sql;

  Inbox(Sql sql) {
    this.sql = sql;
  }

  /// A delivery with its place in the order of arrival.
  record Row(long seq, Delivery delivery) {}

  /// Which deliveries are asked for.
  ///
  /// @param before only those that came before this place in the order
  record Query(
      @Nullable String hook,
      @Nullable String status,
      @Nullable String verdict,
      long before,
      int most) {}

  /// Keeps a delivery.
  ///
  /// @return false where it was kept before
  boolean keep(Delivery delivery) {
    return sql.on(connection -> {
      var insertion =
          "INSERT INTO delivery (id, hook, source, event, received_at, headers, size, body, status,"
              + " due_at, attempts, verdict, rule, reason, items, judged_at)"
              + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
      try (var insert = connection.prepareStatement(insertion)) {
        insert.setString(1, delivery.id());
        insert.setString(2, delivery.hook());
        insert.setString(3, delivery.source());
        insert.setString(4, cut(delivery.event(), 128));
        insert.setLong(5, delivery.receivedAt().toEpochMilli());
        insert.setString(6, cut(Json.text(delivery.letter().headers()), 4_000));
        insert.setLong(7, delivery.letter().body().length);
        insert.setBytes(8, delivery.letter().body());
        bind(insert, 9, delivery.standing());
        insert.executeUpdate();
        return true;
      } catch (SQLException e) {
        if (String.valueOf(e.getSQLState()).equals("23505")) {
          return false;
        }
        throw e;
      }
    });
  }

  /// Takes the oldest of those that are due; each counts as begun once more.
  List<Delivery> claim(Instant now, int most) {
    return sql.on(connection -> {
      var due = new ArrayList<Delivery>();
      var selection =
          "SELECT "
              + COLUMNS
              + ", body FROM delivery WHERE status = 'new' AND due_at <= ? ORDER BY seq LIMIT ?";
      try (var query = connection.prepareStatement(selection)) {
        query.setLong(1, now.toEpochMilli());
        query.setInt(2, most);
        for (var row = query.executeQuery(); row.next(); ) {
          due.add(read(row, row.getBytes("body")).delivery());
        }
      }
      return mine(connection, due, now);
    });
  }

  private static List<Delivery> mine(Connection connection, List<Delivery> due, Instant now)
      throws SQLException {
    var mine = new ArrayList<Delivery>();
    connection.setAutoCommit(false);
    try (var update =
        connection.prepareStatement(
            "UPDATE delivery SET due_at = ?, attempts = attempts + 1 WHERE id = ? AND due_at = ?"
                + " AND status = 'new'")) {
      for (var delivery : due) {
        update.setLong(1, now.plus(LEASE).toEpochMilli());
        update.setString(2, delivery.id());
        update.setLong(3, delivery.standing().dueAt().toEpochMilli());
        if (update.executeUpdate() == 1) {
          var standing = delivery.standing();
          mine.add(
              delivery.with(
                  standing.later(standing.dueAt(), standing.attempts() + 1, standing.reason())));
        }
      }
      connection.commit();
    } finally {
      connection.setAutoCommit(true);
    }
    return mine;
  }

  /// What an earlier process had claimed is due again.
  void release(Instant now) {
    sql.on(connection -> {
      try (var update =
          connection.prepareStatement("UPDATE delivery SET due_at = ? WHERE status = 'new'")) {
        update.setLong(1, now.toEpochMilli());
        return update.executeUpdate();
      }
    });
  }

  /// Notes what became of a delivery.
  void settle(String id, Standing standing) {
    sql.on(connection -> {
      try (var update =
          connection.prepareStatement(
              "UPDATE delivery SET status = ?, due_at = ?, attempts = ?, verdict = ?, rule = ?,"
                  + " reason = ?, items = ?, judged_at = ? WHERE id = ?")) {
        update.setString(bind(update, 1, standing), id);
        return update.executeUpdate();
      }
    });
  }

  Optional<Row> find(String id) {
    return sql.on(connection -> {
      try (var query =
          connection.prepareStatement("SELECT " + COLUMNS + ", body FROM delivery WHERE id = ?")) {
        query.setString(1, id);
        var row = query.executeQuery();
        return row.next() ? Optional.of(read(row, row.getBytes("body"))) : Optional.empty();
      }
    });
  }

  /// Newest first, without their bodies.
  List<Row> list(Query asked) {
    return sql.on(connection -> {
      var where = new ArrayList<String>(List.of("seq < ?"));
      var values = new ArrayList<String>();
      filter("hook", asked.hook(), where, values);
      filter("status", asked.status(), where, values);
      filter("verdict", asked.verdict(), where, values);
      var selection =
          "SELECT "
              + COLUMNS
              + " FROM delivery WHERE "
              + String.join(" AND ", where)
              + " ORDER BY seq DESC LIMIT ?";
      try (var query = connection.prepareStatement(selection)) {
        var at = 1;
        query.setLong(at++, asked.before());
        for (var value : values) {
          query.setString(at++, UNSTORABLE.matcher(value).replaceAll("\uFFFD"));
        }
        query.setInt(at, asked.most());
        var rows = new ArrayList<Row>();
        for (var row = query.executeQuery(); row.next(); ) {
          rows.add(read(row, new byte[0]));
        }
        return rows;
      }
    });
  }

  private static void filter(
      String column, @Nullable String value, List<String> where, List<String> values) {
    if (value != null) {
      where.add(column + " = ?");
      values.add(value);
    }
  }

  /// How much work a rule has made since.
  int worked(String rule, Instant since) {
    return sql.on(connection -> {
      try (var query =
          connection.prepareStatement(
              "SELECT COUNT(*) FROM delivery WHERE rule = ? AND verdict = 'work' AND judged_at"
                  + " >= ?")) {
        query.setString(1, rule);
        query.setLong(2, since.toEpochMilli());
        var row = query.executeQuery();
        return row.next() ? row.getInt(1) : 0;
      }
    });
  }

  /// How many wait to be looked at.
  long waiting() {
    return sql.on(connection -> {
      try (var query =
          connection.prepareStatement("SELECT COUNT(*) FROM delivery WHERE status = 'new'")) {
        var row = query.executeQuery();
        return row.next() ? row.getLong(1) : 0L;
      }
    });
  }

  /// Removes what is over and older, and of what is left the oldest while there is too much.
  void tidy(Instant cutoff, long mostBytes) {
    sql.on(connection -> {
      try (var old =
              connection.prepareStatement(
                  "DELETE FROM delivery WHERE status <> 'new' AND received_at < ?");
          var counted =
              connection.prepareStatement("DELETE FROM delivery_refused WHERE last_at < ?");
          var size = connection.prepareStatement("SELECT COALESCE(SUM(size), 0) FROM delivery");
          var oldest =
              connection.prepareStatement(
                  "DELETE FROM delivery WHERE id IN (SELECT id FROM delivery WHERE status <> 'new'"
                      + " ORDER BY seq LIMIT 1000)")) {
        old.setLong(1, cutoff.toEpochMilli());
        old.executeUpdate();
        counted.setLong(1, cutoff.toEpochMilli());
        counted.executeUpdate();
        while (sum(size) > mostBytes && oldest.executeUpdate() > 0) {
          // until there is room, or nothing left that is over
        }
        return true;
      }
    });
  }

  private static long sum(PreparedStatement size) throws SQLException {
    var row = size.executeQuery();
    return row.next() ? row.getLong(1) : 0;
  }

  /// @return the place after the last one
  private static int bind(PreparedStatement statement, int first, Standing standing)
      throws SQLException {
    var at = first;
    statement.setString(at++, standing.status().word());
    statement.setLong(at++, standing.dueAt().toEpochMilli());
    statement.setInt(at++, standing.attempts());
    statement.setString(at++, standing.verdict().word());
    statement.setString(at++, cut(standing.rule(), 64));
    statement.setString(at++, cut(standing.reason(), 2_000));
    statement.setString(at++, cut(String.join(" ", standing.items()), 4_000));
    statement.setLong(at++, standing.judgedAt().toEpochMilli());
    return at;
  }

  private static Row read(ResultSet row, byte[] body) throws SQLException {
    var items = row.getString("items");
    return new Row(
        row.getLong("seq"),
        new Delivery(
            row.getString("id"),
            row.getString("hook"),
            row.getString("source"),
            row.getString("event"),
            new Letter(headers(row.getString("headers")), body),
            Instant.ofEpochMilli(row.getLong("received_at")),
            new Standing(
                Status.valueOf(row.getString("status").toUpperCase(java.util.Locale.ROOT)),
                Instant.ofEpochMilli(row.getLong("due_at")),
                row.getInt("attempts"),
                Verdict.valueOf(row.getString("verdict").toUpperCase(java.util.Locale.ROOT)),
                row.getString("rule"),
                row.getString("reason"),
                items.isEmpty() ? List.of() : Arrays.asList(items.split(" ")),
                Instant.ofEpochMilli(row.getLong("judged_at")))));
  }

  private static Map<String, String> headers(String json) {
    var headers = new HashMap<String, String>();
    for (Map.Entry<String, JsonNode> entry :
        Json.parse(json.getBytes(StandardCharsets.UTF_8)).properties()) {
      headers.put(entry.getKey(), entry.getValue().asText());
    }
    return headers;
  }

  private static String cut(String text, int most) {
    var whole = text.length() <= most ? text : text.substring(0, most);
    return UNSTORABLE.matcher(whole).replaceAll("\uFFFD");
  }
}

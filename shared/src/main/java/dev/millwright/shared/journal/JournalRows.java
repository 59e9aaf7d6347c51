package dev.millwright.shared.journal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Reads the journal's rows as they are stored.
final class JournalRows {
  private static final String PREFIX = "item|";
  private static final String COLUMNS =
      "SELECT \"ordering\", \"persistence_id\", \"sequence_number\", \"write_timestamp\","
          + " \"event_ser_manifest\", \"event_payload\" FROM \"event_journal\"";

  private JournalRows() {}

  /// One stored event of an item.
  @SuppressWarnings("ArrayRecordComponent") // Read once and never compared.
  record Row(
      long ordering, String item, long sequence, long writtenAt, String name, byte[] stored) {
    Entry entry() {
      return Entry.read(name, stored);
    }
  }

  static List<Row> after(Connection connection, long ordering, int most) throws SQLException {
    try (var query =
        connection.prepareStatement(
            COLUMNS + " WHERE \"ordering\" > ? ORDER BY \"ordering\" LIMIT ?")) {
      query.setLong(1, ordering);
      query.setInt(2, most);
      return rows(query.executeQuery());
    }
  }

  /// What was written after a place, and how old the oldest of it is.
  static Projection.Lag lag(Connection connection, long ordering, long nowMillis)
      throws SQLException {
    try (var query =
        connection.prepareStatement(
            "SELECT COUNT(*), MIN(\"write_timestamp\") FROM \"event_journal\""
                + " WHERE \"ordering\" > ?")) {
      query.setLong(1, ordering);
      var found = query.executeQuery();
      if (!found.next() || found.getLong(1) == 0) {
        return Projection.Lag.NONE;
      }
      return new Projection.Lag(
          found.getLong(1), Duration.ofMillis(Math.max(0, nowMillis - found.getLong(2))));
    }
  }

  static List<Row> of(Connection connection, String item, long afterSequence) throws SQLException {
    try (var query =
        connection.prepareStatement(
            COLUMNS
                + " WHERE \"persistence_id\" = ? AND \"sequence_number\" > ?"
                + " ORDER BY \"sequence_number\"")) {
      query.setString(1, PREFIX + item);
      query.setLong(2, afterSequence);
      return rows(query.executeQuery());
    }
  }

  /// Whole items in the order of their ids, at least one, as many as begin within so many rows.
  static List<Row> nextItems(Connection connection, String afterItem, int most)
      throws SQLException {
    try (var query =
        connection.prepareStatement(
            COLUMNS
                + " WHERE \"persistence_id\" > ? AND \"persistence_id\" LIKE '"
                + PREFIX
                + "%' ORDER BY \"persistence_id\", \"sequence_number\" LIMIT ?")) {
      query.setString(1, PREFIX + afterItem);
      query.setInt(2, most);
      var rows = rows(query.executeQuery());
      if (rows.size() < most) {
        return rows;
      }
      var last = rows.getLast().item();
      rows.removeIf(row -> row.item().equals(last));
      return rows.isEmpty() ? of(connection, last, 0) : rows;
    }
  }

  private static List<Row> rows(ResultSet found) throws SQLException {
    var rows = new ArrayList<Row>();
    while (found.next()) {
      var id = found.getString(2);
      rows.add(
          new Row(
              found.getLong(1),
              id.startsWith(PREFIX) ? id.substring(PREFIX.length()) : "",
              found.getLong(3),
              found.getLong(4),
              found.getString(5),
              found.getBytes(6)));
    }
    return rows;
  }
}

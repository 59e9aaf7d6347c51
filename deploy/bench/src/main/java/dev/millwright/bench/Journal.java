package dev.millwright.bench;

import dev.millwright.shared.journal.Database;
import java.sql.SQLException;

/// Looks into the database beside the factory: what is durable, and how far the views are.
record Journal(Database database) {
  static final int EVENTS_PER_ITEM = 13;

  long events() throws SQLException {
    return one("SELECT COUNT(*) FROM \"event_journal\" WHERE \"persistence_id\" LIKE 'item|%'");
  }

  /// Items whose key starts so.
  long items(String prefix) throws SQLException {
    return one(
        "SELECT COUNT(*) FROM \"event_journal\" WHERE \"sequence_number\" = 1 AND"
            + " \"persistence_id\" LIKE 'item|"
            + prefix
            + "%'");
  }

  /// How many events the views have not yet seen.
  long unread() throws SQLException {
    return one("SELECT COALESCE(MAX(\"ordering\"), 0) FROM \"event_journal\"")
        - one("SELECT COALESCE(MAX(ordering), 0) FROM view_offset");
  }

  long finished() throws SQLException {
    return one("SELECT COUNT(*) FROM item_view WHERE status = 'finished'");
  }

  private long one(String sql) throws SQLException {
    try (var connection = database.connect();
        var statement = connection.createStatement();
        var found = statement.executeQuery(sql)) {
      found.next();
      return found.getLong(1);
    }
  }
}

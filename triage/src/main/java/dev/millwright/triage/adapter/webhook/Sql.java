package dev.millwright.triage.adapter.webhook;

import dev.millwright.shared.journal.Database;
import dev.millwright.shared.journal.DatabaseAway;
import java.sql.Connection;
import java.sql.SQLException;

/// The database, for one piece of work at a time. Blocks; fails with `DatabaseAway`.
record Sql(Database database) {

  /// What is done with a connection.
  interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  <T> T on(Work<T> work) {
    try (var connection = database.connect()) {
      return work.with(connection);
    } catch (SQLException e) {
      throw new DatabaseAway(e);
    }
  }
}

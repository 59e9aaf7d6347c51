package dev.millwright.shared.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// Brings a database to this version's schema: numbered scripts, each run once.
///
/// H2 commits at every statement that changes tables, so a kill can leave half a script: each can
/// be run again over what it already did.
final class Schema {
  private static final List<String> SCRIPTS =
      List.of(
          "001-journal",
          "002-views",
          "003-progress",
          "004-heads",
          "005-boards",
          "006-deliveries",
          "007-asked",
          "008-remarks");
  private static final long LOCK = 742_001L;

  private Schema() {}

  static void migrate(Connection connection, Dialect dialect) throws SQLException {
    connection.setAutoCommit(false);
    lock(connection, dialect);
    execute(connection, "CREATE TABLE IF NOT EXISTS schema_version (name VARCHAR(64) PRIMARY KEY)");
    refuseNewer(connection);
    for (var script : SCRIPTS) {
      if (!ran(connection, script)) {
        for (var statement : dialect.ddl(read(script)).split(";\\s*\\n")) {
          execute(connection, statement);
        }
        execute(connection, "INSERT INTO schema_version (name) VALUES ('" + script + "')");
      }
    }
    connection.commit();
  }

  /// Two nodes that start at the same moment must not both create the tables.
  private static void lock(Connection connection, Dialect dialect) throws SQLException {
    if (dialect == Dialect.POSTGRESQL) {
      execute(connection, "SELECT pg_advisory_xact_lock(" + LOCK + ")");
    }
  }

  /// What a newer version changed, this one could only damage.
  private static void refuseNewer(Connection connection) throws SQLException {
    try (var query = connection.prepareStatement("SELECT name FROM schema_version ORDER BY name")) {
      for (var found = query.executeQuery(); found.next(); ) {
        if (!SCRIPTS.contains(found.getString(1))) {
          throw new SQLException(
              "a newer version of Millwright wrote it (it has "
                  + found.getString(1)
                  + "); run that version, or use a copy from before the upgrade");
        }
      }
    }
  }

  private static boolean ran(Connection connection, String script) throws SQLException {
    try (var query = connection.prepareStatement("SELECT 1 FROM schema_version WHERE name = ?")) {
      query.setString(1, script);
      return query.executeQuery().next();
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    if (sql.isBlank()) {
      return;
    }
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String read(String script) {
    try (var in = Schema.class.getResourceAsStream("/schema/" + script + ".sql")) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its schema script " + script);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

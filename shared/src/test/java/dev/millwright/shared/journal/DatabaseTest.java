package dev.millwright.shared.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.shared.settings.StorageSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The embedded database, as the next process finds it.
final class DatabaseTest {
  private static final String FILE = "journal/millwright.mv.db";

  @TempDir Path scratch;

  /// H2 2.5.252 fails here: where a commit goes into space that was used before, the file's header
  /// points to the commit before it, and up to twenty commits are not found after a kill.
  @Test
  void what_is_committed_is_found_by_the_next_process_in_whatever_space_it_was_written()
      throws Exception {
    var running = scratch.resolve("running");
    var killed = scratch.resolve("killed");
    Files.createDirectories(killed.resolve(FILE).getParent());
    try (var database = Database.open(StorageSettings.embedded(running));
        var connection = database.connect()) {
      execute(
          connection, "SET RETENTION_TIME 100"); // by default space rests 45 s before its next use
      execute(connection, "CREATE TABLE committed (number INT PRIMARY KEY)");
      var bytes = new Random(42);
      for (var committed = 1; committed <= 120; committed++) {
        commit(connection, committed, bytes);
        if (committed % 12 == 0) {
          Files.deleteIfExists(killed.resolve(FILE));
          Files.copy(running.resolve(FILE), killed.resolve(FILE));
          assertThat(latest(killed)).isEqualTo(committed);
        }
      }
    }
  }

  /// Two rows, one new and one written over, as an event and its view are.
  private static void commit(Connection connection, int number, Random bytes) throws Exception {
    var filler = "x".repeat(bytes.nextInt(200));
    execute(connection, "INSERT INTO committed (number) VALUES (" + number + ")");
    execute(
        connection,
        "MERGE INTO line_pause (what, name) KEY (what) VALUES ('"
            + number % 50
            + "', '"
            + number
            + filler
            + "')");
  }

  private static int latest(Path data) throws Exception {
    try (var database = Database.open(StorageSettings.embedded(data));
        var connection = database.connect();
        var statement = connection.createStatement();
        var found = statement.executeQuery("SELECT COUNT(*) FROM committed")) {
      found.next();
      return found.getInt(1);
    }
  }

  private static void execute(Connection connection, String sql) throws Exception {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

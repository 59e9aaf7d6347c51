package dev.millwright.shared.line;

import dev.millwright.shared.settings.StorageSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// The databases that the journal is written for; what holds on one holds on both.
public enum TestDatabase {
  H2 {
    @Override
    public StorageSettings fresh(Path data) {
      return StorageSettings.embedded(data);
    }
  },
  POSTGRES {
    @Override
    public StorageSettings fresh(Path data) throws IOException, SQLException {
      return server().fresh(data);
    }
  };

  private static @Nullable PostgresServer shared;

  /// A database that nobody used before; its files, if any, are in `data`.
  public abstract StorageSettings fresh(Path data) throws IOException, SQLException;

  /// One server for all tests of this JVM, gone with it.
  private static synchronized PostgresServer server() throws IOException {
    if (shared == null) {
      shared = PostgresServer.start();
    }
    return shared;
  }
}

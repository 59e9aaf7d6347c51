package dev.millwright.shared.line;

import dev.millwright.shared.settings.Secret;
import dev.millwright.shared.settings.StorageSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.UUID;

/// A real PostgreSQL that can go away and come back with everything it had.
final class PostgresServer implements AutoCloseable {
  private static final String USER = "postgres";

  private final Path folder;
  private EmbeddedPostgres server;

  private PostgresServer(Path folder, EmbeddedPostgres server) {
    this.folder = folder;
    this.server = server;
  }

  static PostgresServer start() throws IOException {
    var memory = Path.of("/dev/shm");
    var folder =
        Files.isWritable(memory)
            ? Files.createTempDirectory(memory, "millwright-postgres-")
            : Files.createTempDirectory("millwright-postgres-");
    var server = new PostgresServer(folder, builder(folder).start());
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    return server;
  }

  /// A database that nobody used before.
  StorageSettings fresh(Path data) throws SQLException {
    var name = "millwright_" + UUID.randomUUID().toString().replace('-', '_');
    try (var connection = server.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return new StorageSettings(data, server.getJdbcUrl(USER, name), USER, new Secret("any"));
  }

  /// Stops answering: from now on connections are refused.
  void away() throws IOException {
    server.close();
  }

  void back() throws IOException {
    server = builder(folder).setPort(server.getPort()).start();
  }

  @Override
  public void close() {
    if (!Files.exists(folder)) {
      return;
    }
    try (var files = Files.walk(folder)) {
      server.close();
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static EmbeddedPostgres.Builder builder(Path folder) {
    return EmbeddedPostgres.builder()
        .setRegisterShutdownHook(false)
        .setCleanDataDirectory(false)
        .setOverrideWorkingDirectory(folder.resolve("program").toFile())
        .setDataDirectory(folder.resolve("data"));
  }
}

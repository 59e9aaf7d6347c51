package dev.millwright.bench;

import dev.millwright.shared.settings.Secret;
import dev.millwright.shared.settings.StorageSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Fresh databases of both kinds: embedded H2, and one PostgreSQL server that writes as durably as
/// in production.
final class Stores implements AutoCloseable {
  private final Path folder;
  private final @Nullable String only;
  private final AtomicInteger made = new AtomicInteger();
  private @Nullable EmbeddedPostgres postgres;
  private long postmaster;

  /// A kind of database.
  enum Kind {
    H2,
    POSTGRES;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Stores(Path folder, @Nullable String only) {
    this.folder = folder;
    this.only = only;
  }

  /// Where they are.
  Path folder() {
    return folder;
  }

  List<Kind> all() {
    return only == null
        ? List.of(Kind.values())
        : List.of(Kind.valueOf(only.toUpperCase(Locale.ROOT)));
  }

  /// An empty database and an empty data directory.
  StorageSettings fresh(Kind kind) throws IOException, SQLException {
    var name = "bench" + made.incrementAndGet();
    var data = Files.createDirectories(folder.resolve(ProcessHandle.current().pid() + "-" + name));
    return switch (kind) {
      case H2 -> StorageSettings.embedded(data);
      case POSTGRES -> {
        try (var connection = server().getPostgresDatabase().getConnection();
            var statement = connection.createStatement()) {
          statement.execute("CREATE DATABASE " + name);
        }
        var url = server().getJdbcUrl("postgres", name);
        yield new StorageSettings(data, url, "postgres", new Secret("postgres"));
      }
    };
  }

  /// Processor ticks of the PostgreSQL server, which is nobody's child.
  long ticks() {
    return postgres == null
        ? 0
        : ProcessHandle.allProcesses()
            .filter(this::isOurs)
            .mapToLong(process -> Machine.ticks(process.pid()))
            .sum();
  }

  private boolean isOurs(ProcessHandle process) {
    return process.pid() == postmaster
        || process.parent().map(it -> it.pid() == postmaster).orElse(false);
  }

  private EmbeddedPostgres server() throws IOException, SQLException {
    var running = postgres;
    if (running == null) {
      var data = folder.resolve(ProcessHandle.current().pid() + "-postgres");
      running =
          EmbeddedPostgres.builder()
              .setDataDirectory(data)
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .start();
      postgres = running;
      postmaster = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
      refuseUnlessDurable(running);
    }
    return running;
  }

  /// The embedded server is made for tests and would not wait for the disk.
  private static void refuseUnlessDurable(EmbeddedPostgres server) throws SQLException {
    for (var setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
      try (var connection = server.getPostgresDatabase().getConnection();
          var statement = connection.createStatement();
          var found = statement.executeQuery("SHOW " + setting)) {
        if (!found.next() || !found.getString(1).equals("on")) {
          throw new IllegalStateException(setting + " is not on");
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (postgres != null) {
      postgres.close();
    }
    var mine = ProcessHandle.current().pid() + "-";
    try (var made = Files.list(folder)) {
      for (var left : made.filter(it -> it.getFileName().toString().startsWith(mine)).toList()) {
        try (var files = Files.walk(left)) {
          files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
      }
    }
  }
}

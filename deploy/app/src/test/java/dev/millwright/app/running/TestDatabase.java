package dev.millwright.app.running;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/// What a journal may be kept in. Both are real; PostgreSQL is one server for the whole test run.
public enum TestDatabase {
  H2 {
    @Override
    public String settings() {
      return "";
    }
  },
  POSTGRES {
    @Override
    public String settings() {
      var name = "factory" + COUNT.incrementAndGet();
      try (var connection = Server.RUNNING.getPostgresDatabase().getConnection();
          var statement = connection.createStatement()) {
        statement.execute("create database " + name);
      } catch (SQLException e) {
        throw new IllegalStateException("cannot make a database", e);
      }
      return """
      storage:
        url: jdbc:postgresql://localhost:%d/%s
        user: postgres
        password: postgres
      """
          .formatted(Server.RUNNING.getPort(), name);
    }
  };

  private static final AtomicInteger COUNT = new AtomicInteger();

  /// The lines of `millwright.yaml` that name a fresh, empty database.
  public abstract String settings();

  private static final class Server {
    static final EmbeddedPostgres RUNNING = start();

    private static EmbeddedPostgres start() {
      try {
        // Started by the tests, stopped with their process.
        return EmbeddedPostgres.builder().setServerConfig("max_connections", "200").start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

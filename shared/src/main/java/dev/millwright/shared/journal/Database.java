package dev.millwright.shared.journal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.millwright.shared.settings.StorageSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// The one database behind the journal and its views: embedded H2, or PostgreSQL.
public final class Database implements AutoCloseable {
  private static final int CONNECTIONS = 4;
  private static final long CONNECT_WITHIN_MILLIS = 5_000;
  private static final String EMBEDDED = "millwright";
  private static final String H2_SETTINGS =
      ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;MAX_LENGTH_INPLACE_LOB=65536";

  private final Dialect dialect;
  private final String url;
  private final HikariDataSource pool;

  private Database(Dialect dialect, String url, HikariDataSource pool) {
    this.dialect = dialect;
    this.url = url;
    this.pool = pool;
  }

  /// Whether there is one to open: opening an embedded one that no factory has made makes it.
  public static boolean isThere(StorageSettings storage) {
    return !storage.isEmbedded()
        || Files.exists(embedded(storage).resolveSibling(EMBEDDED + ".mv.db"));
  }

  private static Path embedded(StorageSettings storage) {
    return storage.data().resolve("journal").resolve(EMBEDDED).toAbsolutePath();
  }

  /// Connects, and brings the schema up to date; what an operator has to mend is a
  /// `DatabaseUnusable`.
  ///
  /// H2 by default keeps half a second of commits in memory and loses them when the process is
  /// killed: `WRITE_DELAY=0` makes an acknowledged write a durable one. It also keeps bytes beyond
  /// 256 in a table of their own: in their rows, a third less is written.
  public static Database open(StorageSettings storage) throws IOException {
    var embedded = embedded(storage);
    var configured = storage.url();
    var url = configured == null ? "jdbc:h2:file:" + embedded + H2_SETTINGS : configured;
    if (configured == null) {
      Files.createDirectories(embedded.getParent());
    }
    var dialect = Dialect.of(url);
    var password = storage.password().reveal();
    // One plain connection first: it fails at once and says why, where a pool tries on and logs.
    try (var first = DriverManager.getConnection(url, storage.user(), password)) {
      Schema.migrate(first, dialect);
      return new Database(dialect, url, pool(url, storage.user(), password));
    } catch (SQLException e) {
      throw DatabaseUnusable.of(url, storage.user(), e);
    }
  }

  private static HikariDataSource pool(String url, String user, String password) {
    var config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(password);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setConnectionTimeout(CONNECT_WITHIN_MILLIS);
    config.setPoolName("views");
    return new HikariDataSource(config);
  }

  public Connection connect() throws SQLException {
    return pool.getConnection();
  }

  /// Whether it can be reached; blocks for some seconds when it cannot.
  boolean answers() {
    try (var connection = connect()) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }

  public Dialect dialect() {
    return dialect;
  }

  public String url() {
    return url;
  }

  @Override
  public void close() {
    pool.close();
  }
}

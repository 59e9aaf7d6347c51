package dev.millwright.shared.journal;

/// Where the two databases differ.
public enum Dialect {
  H2("slick.jdbc.H2Profile$", "org.h2.Driver", "BIGINT AUTO_INCREMENT", "BLOB"),
  POSTGRESQL("slick.jdbc.PostgresProfile$", "org.postgresql.Driver", "BIGSERIAL", "BYTEA");

  private final String slickProfile;
  private final String driver;
  private final String autoBigint;
  private final String bytes;

  Dialect(String slickProfile, String driver, String autoBigint, String bytes) {
    this.slickProfile = slickProfile;
    this.driver = driver;
    this.autoBigint = autoBigint;
    this.bytes = bytes;
  }

  static Dialect of(String url) {
    if (url.startsWith("jdbc:postgresql:")) {
      return POSTGRESQL;
    }
    if (url.startsWith("jdbc:h2:")) {
      return H2;
    }
    throw new IllegalArgumentException(
        "storage.url must start with jdbc:postgresql: or jdbc:h2:, got '" + url + "'");
  }

  public String slickProfile() {
    return slickProfile;
  }

  public String driver() {
    return driver;
  }

  String ddl(String script) {
    return script.replace("${AUTO_BIGINT}", autoBigint).replace("${BYTES}", bytes);
  }

  /// Names the transactions that have written to the journal and are not over.
  String journalWriters() {
    return switch (this) {
      case H2 ->
          "SELECT SESSION_ID FROM INFORMATION_SCHEMA.LOCKS WHERE TABLE_NAME = 'event_journal'";
      case POSTGRESQL ->
          "SELECT virtualtransaction FROM pg_locks WHERE locktype = 'relation'"
              + " AND relation = '\"event_journal\"'::regclass AND mode = 'RowExclusiveLock'"
              + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
    };
  }

  /// An insert that replaces the row with the same first columns, with `?` for every column.
  public String upsert(String table, int keys, String... columns) {
    var all = String.join(", ", columns);
    var marks = "?" + ", ?".repeat(columns.length - 1);
    var key = String.join(", ", java.util.Arrays.copyOf(columns, keys));
    return switch (this) {
      case H2 -> "MERGE INTO " + table + " (" + all + ") KEY (" + key + ") VALUES (" + marks + ")";
      case POSTGRESQL -> {
        var rest = java.util.Arrays.stream(columns).skip(keys).map(c -> c + " = EXCLUDED." + c);
        yield "INSERT INTO "
            + table
            + " ("
            + all
            + ") VALUES ("
            + marks
            + ") ON CONFLICT ("
            + key
            + ") DO UPDATE SET "
            + String.join(", ", rest.toList());
      }
    };
  }
}

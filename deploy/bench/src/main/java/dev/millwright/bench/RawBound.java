package dev.millwright.bench;

import dev.millwright.shared.journal.Database;
import dev.millwright.shared.journal.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// The upper bound: the very rows that the factory wrote, inserted again into a table of the same
/// shape by plain JDBC batches, with nothing else to do.
final class RawBound {
  private static final int ROWS = 26_000;
  private static final String COLUMNS =
      "\"persistence_id\", \"sequence_number\", \"deleted\", \"writer\", \"write_timestamp\","
          + " \"adapter_manifest\", \"event_ser_id\", \"event_ser_manifest\", \"event_payload\"";

  private RawBound() {}

  /// One row of the journal.
  private record Row(List<Object> values) {}

  static Report.Row measure(
      Measurement.Scene scene, Database database, String name, int eventsPerItem) throws Exception {
    var rows = rows(database);
    var figures = new LinkedHashMap<String, Double>();
    var span = Machine.span(scene.stores());
    for (var batch : List.of(1, 20, 100, 400)) {
      var most = batch == 1 ? rows.subList(0, Math.min(rows.size(), 4_000)) : rows;
      figures.put("events/s in batches of " + batch, insert(database, most, batch, 4));
    }
    figures.put(
        "items/s at best",
        figures.values().stream().mapToDouble(it -> it).max().orElse(0) / eventsPerItem);
    return new Report.Row(
        name, scene.store().toString(), "raw JDBC, 4 threads", figures, span.foreignCores());
  }

  private static List<Row> rows(Database database) throws SQLException {
    var rows = new ArrayList<Row>();
    try (var connection = database.connect();
        var query =
            connection.prepareStatement(
                "SELECT "
                    + COLUMNS
                    + " FROM \"event_journal\" ORDER BY \"ordering\" LIMIT "
                    + ROWS);
        var found = query.executeQuery()) {
      while (found.next()) {
        var values = new ArrayList<Object>();
        for (var column = 1; column <= 8; column++) {
          values.add(found.getObject(column));
        }
        values.add(found.getBytes(9));
        rows.add(new Row(values));
      }
    }
    return rows;
  }

  private static double insert(Database database, List<Row> rows, int batch, int threads)
      throws Exception {
    create(database);
    var next = new AtomicInteger();
    var begin = System.nanoTime();
    try (var pool = Executors.newFixedThreadPool(threads)) {
      var tasks = new ArrayList<Callable<Void>>();
      for (var thread = 0; thread < threads; thread++) {
        tasks.add(() -> {
          try (var connection = database.connect()) {
            connection.setAutoCommit(false);
            for (var from = next.getAndAdd(batch);
                from < rows.size();
                from = next.getAndAdd(batch)) {
              write(connection, rows.subList(from, Math.min(rows.size(), from + batch)));
            }
          }
          return null;
        });
      }
      for (var task : pool.invokeAll(tasks)) {
        task.get();
      }
    }
    return rows.size() / ((System.nanoTime() - begin) / 1e9);
  }

  private static void write(Connection connection, List<Row> rows) throws SQLException {
    try (var insert =
        connection.prepareStatement(
            "INSERT INTO raw_journal (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      for (var row : rows) {
        for (var at = 0; at < row.values().size(); at++) {
          insert.setObject(at + 1, row.values().get(at));
        }
        insert.addBatch();
      }
      insert.executeBatch();
    }
    connection.commit();
  }

  private static void create(Database database) throws SQLException {
    var postgres = database.dialect() == Dialect.POSTGRESQL;
    try (var connection = database.connect();
        var statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS raw_journal");
      statement.execute(
          "CREATE TABLE raw_journal (\"ordering\" "
              + (postgres ? "BIGSERIAL" : "BIGINT AUTO_INCREMENT")
              + " NOT NULL, \"persistence_id\" VARCHAR(255) NOT NULL, \"sequence_number\" BIGINT"
              + " NOT NULL, \"deleted\" BOOLEAN NOT NULL, \"writer\" VARCHAR(255) NOT NULL,"
              + " \"write_timestamp\" BIGINT NOT NULL, \"adapter_manifest\" VARCHAR(255) NOT NULL,"
              + " \"event_ser_id\" INTEGER NOT NULL, \"event_ser_manifest\" VARCHAR(255) NOT NULL,"
              + " \"event_payload\" "
              + (postgres ? "BYTEA" : "BLOB")
              + " NOT NULL, PRIMARY KEY (\"persistence_id\", \"sequence_number\"))");
      statement.execute("CREATE UNIQUE INDEX raw_journal_ordering ON raw_journal (\"ordering\")");
    }
  }
}

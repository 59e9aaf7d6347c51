package dev.millwright.shared.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.shared.line.TestDatabase;
import dev.millwright.shared.settings.StorageSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
@SuppressWarnings("NullAway.Init") // JUnit fills the fields.
class SchemaTest {
  @TempDir Path data;
  @Parameter TestDatabase kind;

  private StorageSettings storage;

  @BeforeEach
  void nothing() throws Exception {
    storage = kind.fresh(data);
  }

  @Test
  void an_empty_database_is_prepared_once_and_keeps_what_it_holds() throws Exception {
    try (var database = Database.open(storage);
        var connection = database.connect()) {
      new Ledger().arrive(connection, "one");
      Projection.start(database, Clock.systemUTC()).close();
    }

    try (var database = Database.open(storage)) {
      assertThat(new JournalViews(database).history("one")).hasSize(2);
      assertThat(new JournalViews(database).list(ItemLists.Query.ALL).rows()).hasSize(1);
    }
  }

  @Test
  void what_a_kill_left_half_done_is_finished() throws Exception {
    prepared(
        "DELETE FROM schema_version",
        "DROP TABLE tally",
        "DROP INDEX item_view_due",
        "ALTER TABLE item_view DROP COLUMN head");

    try (var database = Database.open(storage);
        var connection = database.connect()) {
      new Ledger().arrive(connection, "one");
      Projection.start(database, Clock.systemUTC()).close();

      assertThat(new JournalAudit(database).verify(_ -> {}).isIntact()).isTrue();
    }
  }

  @Test
  void a_database_of_before_heads_is_brought_up_to_date() throws Exception {
    prepared(
        "DELETE FROM schema_version WHERE name = '004-heads'",
        "ALTER TABLE item_view DROP COLUMN head");

    try (var database = Database.open(storage);
        var connection = database.connect()) {
      assertThat(ItemTable.heads(connection)).isEqualTo(Heads.NONE);
    }
  }

  @Test
  void a_newer_versions_database_is_left_alone() throws Exception {
    prepared("INSERT INTO schema_version (name) VALUES ('999-teleport')");

    assertThatThrownBy(() -> Database.open(storage).close())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a newer version of Millwright wrote it (it has 999-teleport)")
        .hasMessageContaining("run that version");
  }

  private void prepared(String... changes) throws IOException, SQLException {
    try (var database = Database.open(storage);
        var connection = database.connect();
        var statement = connection.createStatement()) {
      for (var change : changes) {
        statement.execute(change);
      }
    }
  }
}

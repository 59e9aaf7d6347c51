package dev.millwright.shared.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.shared.line.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
@SuppressWarnings("NullAway.Init") // JUnit fills the fields.
class JournalAuditTest {
  private static final String OF_ONE = " WHERE \"persistence_id\" = 'item|one'";

  @TempDir Path data;
  @Parameter TestDatabase kind;

  private Database database;
  private JournalAudit audit;

  @BeforeEach
  void three_items_of_three_events() throws Exception {
    database = Database.open(kind.fresh(data));
    audit = new JournalAudit(database);
    var ledger = new Ledger();
    try (var connection = database.connect()) {
      for (var item : List.of("one", "three", "two")) {
        ledger.arrive(connection, item);
        ledger.drop(connection, item);
      }
    }
    Projection.start(database, Clock.systemUTC()).close();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_journal_that_nobody_touched_is_intact() {
    assertThat(audit.verify(_ -> {})).isEqualTo(new AuditTrail.Report(3, 9, List.of()));
  }

  @Test
  void a_changed_event_is_found() throws Exception {
    change(2);

    assertBroken("one", 3, "event 2 is not what was written");
  }

  @Test
  void a_changed_newest_event_is_found() throws Exception {
    change(3);

    assertBroken("one", 3, "the views knew another event here");
  }

  @Test
  void a_removed_event_is_found() throws Exception {
    set("DELETE FROM \"event_journal\"" + OF_ONE + " AND \"sequence_number\" = 2");

    assertBroken("one", 3, "event 2 is missing");
  }

  @Test
  void swapped_events_are_found() throws Exception {
    for (var swap : List.of("9 WHERE 2", "2 WHERE 3", "3 WHERE 9")) {
      var parts = swap.split(" WHERE ");
      set(
          "UPDATE \"event_journal\" SET \"sequence_number\" = "
              + parts[0]
              + OF_ONE
              + " AND \"sequence_number\" = "
              + parts[1]);
    }

    assertThat(audit.verify(_ -> {}).broken()).isNotEmpty().allMatch(b -> b.item().equals("one"));
  }

  @Test
  void a_cut_off_end_is_found_by_what_the_views_saw() throws Exception {
    set("DELETE FROM \"event_journal\"" + OF_ONE + " AND \"sequence_number\" = 3");

    assertBroken("one", 3, "it is gone from the end; the views knew it");
  }

  @Test
  void an_item_that_was_removed_altogether_is_found_by_an_earlier_export() throws Exception {
    var heads = exported(true);
    var whole = exported(false);
    set("DELETE FROM \"event_journal\"" + OF_ONE);
    set("DELETE FROM item_view WHERE id = 'one'");

    assertThat(audit.verify(_ -> {}).isIntact()).isTrue();
    for (var kept : List.of(heads, whole)) {
      assertThat(audit.verify(kept, _ -> {}).broken())
          .containsExactly(
              new AuditTrail.Break(
                  "one", 3, "it is gone from the end; the earlier export knew it"));
    }
  }

  @Test
  void a_journal_that_went_on_after_an_export_holds_against_it() throws Exception {
    var heads = exported(true);
    try (var connection = database.connect()) {
      new Ledger().arrive(connection, "four");
    }

    assertThat(audit.verify(heads, _ -> {}).broken()).isEmpty();
  }

  @Test
  void a_chain_that_was_computed_anew_is_found_by_an_earlier_export() throws Exception {
    var heads = exported(true);
    set("DELETE FROM \"event_journal\"" + OF_ONE);
    set("DELETE FROM item_view WHERE id = 'one'");
    try (var connection = database.connect()) {
      var forger = new Ledger();
      forger.arrive(connection, "one", "Another title", List.of(), Ledger.AT);
      forger.drop(connection, "one");
    }

    assertThat(audit.verify(_ -> {}).isIntact()).isTrue();
    assertThat(audit.verify(heads, _ -> {}).broken())
        .containsExactly(
            new AuditTrail.Break("one", 3, "the earlier export knew another event here"));
  }

  @Test
  void what_is_no_export_is_refused() {
    for (var text : List.of("{\"a\": 1}", "nonsense", "{\"item\": \"x\", \"hash\": 3}")) {
      assertThatThrownBy(
              () -> Heads.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))))
          .isInstanceOf(IOException.class);
    }
  }

  private Heads exported(boolean headsOnly) throws IOException {
    var out = new ByteArrayOutputStream();
    if (headsOnly) {
      audit.exportHeads(out);
    } else {
      audit.export(out);
    }
    assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(headsOnly ? 3 : 9);
    return Heads.read(new ByteArrayInputStream(out.toByteArray()));
  }

  private void assertBroken(String item, long sequence, String reason) {
    assertThat(audit.verify(_ -> {}).broken())
        .containsExactly(new AuditTrail.Break(item, sequence, reason));
  }

  /// Changes one letter of an event's words, so that it can still be read.
  private void change(long sequence) throws SQLException {
    try (var connection = database.connect()) {
      var row = JournalRows.of(connection, "one", sequence - 1).getFirst();
      var bytes = row.stored();
      var at = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf("node#1");
      bytes[at] = 'N';
      try (var update =
          connection.prepareStatement(
              "UPDATE \"event_journal\" SET \"event_payload\" = ?"
                  + OF_ONE
                  + " AND \"sequence_number\" = "
                  + sequence)) {
        update.setBytes(1, bytes);
        update.executeUpdate();
      }
    }
  }

  private void set(String sql) throws SQLException {
    try (var connection = database.connect();
        var statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}

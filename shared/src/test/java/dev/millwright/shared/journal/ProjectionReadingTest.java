package dev.millwright.shared.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.shared.line.TestDatabase;
import dev.millwright.shared.workitem.Stage;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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
class ProjectionReadingTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir Path data;
  @Parameter TestDatabase kind;

  private final Ledger ledger = new Ledger();
  private Database database;
  private JournalViews views;

  @BeforeEach
  void open() throws Exception {
    database = Database.open(kind.fresh(data));
    views = new JournalViews(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void an_event_with_an_earlier_number_that_is_committed_later_is_not_missed() throws Exception {
    try (var slow = database.connect();
        var quick = database.connect()) {
      slow.setAutoCommit(false);
      ledger.arrive(slow, "earlier");
      ledger.arrive(quick, "later");

      try (var _ = start()) {
        assertThat(ids()).isEmpty();
        slow.commit();

        await().atMost(SOON).untilAsserted(() -> assertThat(ids()).contains("earlier", "later"));
      }
    }
  }

  @Test
  void the_numbers_of_a_transaction_that_failed_hold_nothing_up() throws Exception {
    try (var failing = database.connect();
        var quick = database.connect()) {
      failing.setAutoCommit(false);
      ledger.arrive(failing, "never");
      failing.rollback();
      ledger.arrive(quick, "later");
    }

    try (var _ = start()) {
      assertThat(ids()).containsExactly("later");
    }
  }

  @Test
  void a_restart_reads_on_where_the_last_run_stopped_and_counts_nothing_twice() throws Exception {
    write("one");
    start().close();
    write("two");
    try (var connection = database.connect()) {
      ledger.drop(connection, "one");
    }
    start().close();
    start().close();

    assertThat(ids()).containsExactlyInAnyOrder("one", "two");
    assertThat(failed()).isEqualTo(1);
  }

  @Test
  void events_that_are_read_again_change_nothing() throws Exception {
    write("one");
    try (var connection = database.connect()) {
      ledger.drop(connection, "one");
    }
    start().close();
    var before = views.list(ItemLists.Query.ALL).rows();
    set("UPDATE view_offset SET ordering = 0");

    start().close();

    assertThat(views.list(ItemLists.Query.ALL).rows()).isEqualTo(before);
    assertThat(failed()).isEqualTo(1);
  }

  @Test
  void events_that_were_passed_over_are_read_with_the_items_next_one() throws Exception {
    write("one");
    set("DELETE FROM view_offset");
    set("INSERT INTO view_offset (name, ordering) VALUES ('items', 2)");
    try (var connection = database.connect()) {
      ledger.drop(connection, "one");
    }

    start().close();

    assertThat(views.list(ItemLists.Query.ALL).rows())
        .singleElement()
        .extracting(ItemRow::sequence)
        .isEqualTo(3L);
  }

  @Test
  void listeners_hear_of_every_change_in_order_until_they_close() throws Exception {
    var heard = new CopyOnWriteArrayList<Long>();
    try (var projection = start()) {
      var subscription = projection.listen(row -> heard.add(row.sequence()));
      write("one");
      projection.nudge();
      await().atMost(SOON).until(() -> !heard.isEmpty() && heard.getLast() == 2);
      subscription.close();
      try (var connection = database.connect()) {
        ledger.drop(connection, "one");
      }
      projection.nudge();

      await().atMost(SOON).until(() -> failed() == 1);
      assertThat(heard).isSorted().doesNotContain(3L);
    }
  }

  private Projection start() throws SQLException {
    return Projection.start(database, Clock.systemUTC());
  }

  private void write(String item) throws SQLException {
    try (var connection = database.connect()) {
      ledger.arrive(connection, item);
    }
  }

  private void set(String sql) throws SQLException {
    try (var connection = database.connect();
        var statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private List<String> ids() {
    return views.list(ItemLists.Query.ALL).rows().stream()
        .map(row -> row.item().dossier().id().value())
        .toList();
  }

  private long failed() {
    var outcomes = new JournalFigures(database).read(Ledger.AT).of(Stage.TRIAGE).outcomes();
    return outcomes.values().stream().mapToLong(Long::longValue).sum();
  }
}

package dev.millwright.shared.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.shared.journal.ItemLists.Query;
import dev.millwright.shared.line.TestDatabase;
import dev.millwright.shared.workitem.Stage;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
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
class JournalViewsTest {
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
  void every_filter_narrows() throws Exception {
    write("apples", "Sort 100% of the Apples", List.of("fruit", "a_b"));
    write("pears", "Sort pears", List.of("fruit"));
    try (var connection = database.connect()) {
      ledger.drop(connection, "pears");
    }
    project();

    assertThat(ids(query(null, null, null))).containsExactlyInAnyOrder("apples", "pears");
    assertThat(ids(query("finished", null, null))).containsExactly("pears");
    assertThat(ids(query("running", null, null))).containsExactly("apples");
    assertThat(ids(query(null, "a_b", null))).containsExactly("apples");
    assertThat(ids(query(null, "aXb", null))).isEmpty();
    assertThat(ids(query(null, "fru", null))).isEmpty();
    assertThat(ids(query(null, null, "APPLES sort"))).containsExactly("apples");
    assertThat(ids(query(null, null, "100%"))).containsExactly("apples");
    assertThat(ids(new Query("triage", null, "orders", null, null, 50, null))).hasSize(2);
    assertThat(ids(new Query("codegen", null, null, null, null, 50, null))).isEmpty();
    assertThat(ids(new Query(null, null, "elsewhere", null, null, 50, null))).isEmpty();
  }

  @Test
  void hostile_words_find_nothing_and_break_nothing() throws Exception {
    write("one", "An honest title", List.of());
    project();

    for (var text :
        List.of(
            "'; DROP TABLE item_view; --",
            "%",
            "_",
            "!",
            "!%",
            "\\",
            "\"",
            "\u0000",
            "\uD83D",
            "a\u0000",
            "?",
            "${x}",
            "x".repeat(5_000),
            "🚀",
            ")) OR ((1=1")) {
      assertThat(ids(query(null, null, text))).as(text).isEmpty();
      assertThat(ids(query(text, null, null))).as(text).isEmpty();
      assertThat(ids(query(null, text, null))).as(text).isEmpty();
    }
    assertThat(ids(query(null, null, " "))).containsExactly("one");
    assertThat(ids(Query.ALL)).containsExactly("one");
  }

  @Test
  void a_title_with_anything_in_it_is_listed() throws Exception {
    write("one", "nul \u0000, half \uD83D, " + "🚀".repeat(140), List.of("\u0000", "|"));
    project();

    assertThat(ids(Query.ALL)).containsExactly("one");
  }

  @Test
  void pages_give_every_item_once_while_rows_change() throws Exception {
    for (var item : IntStream.range(0, 25).mapToObj(n -> "item-" + n).toList()) {
      // Several share a moment, so that the id has to decide.
      write(item, "Title", List.of(), Integer.parseInt(item.substring(5)) / 4);
    }
    project();

    var seen = new ArrayList<String>();
    var cursor = (@Nullable String) null;
    do {
      var page = views.list(new Query(null, null, null, null, null, 4, cursor));
      seen.addAll(ids(page));
      cursor = page.nextCursor();
      try (var connection = database.connect()) {
        ledger.drop(connection, "item-" + seen.size() % 25);
        write("new-" + seen.size(), "Newer", List.of(), 1_000);
      }
      project();
    } while (cursor != null);

    assertThat(seen)
        .doesNotHaveDuplicates()
        .hasSize(25)
        .startsWith("item-24")
        .noneMatch(id -> id.startsWith("new"));
  }

  @Test
  void a_cursor_of_somebody_elses_making_is_refused() {
    for (var cursor : List.of("", "x", "MTIz", "//", "YSBi")) {
      assertThatThrownBy(() -> views.list(new Query(null, null, null, null, null, 4, cursor)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("cursor");
    }
  }

  @Test
  void a_limit_is_held_within_bounds() throws Exception {
    write("one", "Title", List.of());
    write("two", "Title", List.of());
    project();

    assertThat(views.list(new Query(null, null, null, null, null, -5, null)).rows()).hasSize(1);
    assertThat(views.list(new Query(null, null, null, null, null, 9_999, null)).rows()).hasSize(2);
  }

  @Test
  void figures_count_what_stands_and_what_happened() throws Exception {
    write("one", "Title", List.of());
    write("two", "Title", List.of());
    try (var connection = database.connect()) {
      ledger.drop(connection, "two");
    }
    project();

    var figures = new JournalFigures(database).read(Ledger.AT);

    assertThat(figures.of(Stage.TRIAGE).standing()).isEqualTo(new Figures.ByStatus(0, 1, 0, 1));
    assertThat(figures.of(Stage.TRIAGE).outcomes().values())
        .filteredOn(count -> count > 0)
        .containsExactly(1L);
    assertThat(figures.of(Stage.CODEGEN).standing()).isEqualTo(new Figures.ByStatus(0, 0, 0, 0));
    assertThat(figures.of(Stage.CODEGEN).outcomes().values()).containsOnly(0L);
    assertThat(figures.totals().items().total()).isEqualTo(2);
  }

  @Test
  void a_history_is_the_journal_in_order_with_its_hashes() throws Exception {
    write("one", "Title", List.of());

    var history = views.history("one");

    assertThat(history)
        .extracting(ItemLists.HistoryEntry::name)
        .containsExactly("signal-received", "attempt-started");
    assertThat(history).extracting(ItemLists.HistoryEntry::sequence).containsExactly(1L, 2L);
    assertThat(history).allMatch(entry -> entry.hash().matches("[0-9a-f]{64}"));
    assertThat(views.history("nobody")).isEmpty();
  }

  private static Query query(
      @Nullable String status, @Nullable String label, @Nullable String text) {
    return new Query(null, status, null, label, text, 50, null);
  }

  private List<String> ids(Query query) {
    return ids(views.list(query));
  }

  private static List<String> ids(ItemLists.Page page) {
    return page.rows().stream().map(row -> row.item().dossier().id().value()).toList();
  }

  private void write(String item, String title, List<String> labels) throws SQLException {
    write(item, title, labels, 0);
  }

  private void write(String item, String title, List<String> labels, long seconds)
      throws SQLException {
    try (var connection = database.connect()) {
      ledger.arrive(connection, item, title, labels, Ledger.AT.plusSeconds(seconds));
    }
  }

  private void project() throws SQLException {
    Projection.start(database, Clock.systemUTC()).close();
  }
}

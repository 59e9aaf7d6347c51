package dev.millwright.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.app.cli.Table.Column;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class TableTest {
  private static Table table() {
    var table =
        new Table(
            Column.cut("ID", 6),
            Column.optional("REPO"),
            Column.of("STATE"),
            Column.wrapped("WHY", 9));
    table.row("task-1", "orders", "waiting", "the checks have said no three times in a row");
    return table;
  }

  @Test
  void everything_is_on_one_line_where_there_is_room() {
    assertThat(table().lines(Integer.MAX_VALUE, UnaryOperator.identity()))
        .containsExactly(
            "ID      REPO    STATE    WHY",
            "task-1  orders  waiting  the checks have said no three times in a row");
  }

  @Test
  void a_long_text_goes_on_below_itself() {
    assertThat(table().lines(50, UnaryOperator.identity()))
        .containsExactly(
            "ID      REPO    STATE    WHY",
            "task-1  orders  waiting  the checks have said no",
            "                         three times in a row");
  }

  @Test
  void a_narrow_terminal_loses_what_can_be_done_without() {
    assertThat(table().lines(28, UnaryOperator.identity()))
        .allSatisfy(line -> assertThat(Words.cells(line)).isLessThanOrEqualTo(28))
        .first()
        .isEqualTo("ID      STATE    WHY");
  }

  @Test
  void a_word_that_is_too_long_is_broken_and_none_is_lost() {
    var lines = Words.wrap("a abcdefghijklmnop b", 6);

    assertThat(lines).allSatisfy(line -> assertThat(Words.cells(line)).isLessThanOrEqualTo(6));
    assertThat(String.join("", lines).replace(" ", "")).isEqualTo("aabcdefghijklmnopb");
  }

  @Test
  void a_colour_takes_no_room() {
    var table = new Table(Column.of("A"), Column.of("B"));
    table.row(text -> "\033[31m" + text + "\033[0m", 0, "x", "y");

    assertThat(table.lines(80, UnaryOperator.identity()))
        .containsExactly("A  B", "\033[31mx\033[0m  y");
  }
}

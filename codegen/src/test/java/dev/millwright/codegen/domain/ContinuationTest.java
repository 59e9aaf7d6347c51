package dev.millwright.codegen.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.codegen.domain.Continuation.End;
import dev.millwright.codegen.domain.Continuation.Next;
import dev.millwright.shared.workitem.Decision;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ContinuationTest {
  private static final Decision WORD = new Decision(Decision.Verb.STEER, "kim", "use tabs");

  @Test
  void work_that_is_done_is_enough() {
    assertThat(next(End.DONE, 1, List.of(), false)).isInstanceOf(Next.Enough.class);
  }

  @Test
  void who_changed_nothing_is_asked_for_it_or_for_a_reason() {
    assertThat(next(End.DONE, 1, List.of(), true))
        .isInstanceOfSatisfying(
            Next.Again.class,
            again -> assertThat(again.news()).contains("no file has changed", "say why"));
  }

  @Test
  void a_turn_that_broke_off_goes_on() {
    assertThat(next(End.BROKE_OFF, 1, List.of(), false)).isInstanceOf(Next.Again.class);
  }

  @ParameterizedTest
  @EnumSource
  void words_nobody_has_heard_open_the_next_turn_however_the_last_one_ended(End end) {
    assertThat(next(end, 1, List.of(WORD), false))
        .isInstanceOfSatisfying(
            Next.Again.class, again -> assertThat(again.news()).contains("kim: use tabs"));
  }

  @ParameterizedTest
  @EnumSource
  void there_is_an_end_to_it(End end) {
    assertThat(next(end, 3, List.of(WORD), true)).isInstanceOf(Next.Enough.class);
  }

  private static Next next(End end, int turns, List<Decision> unheard, boolean idle) {
    return Continuation.next(new Continuation.Turn(end, turns, unheard, idle), 3);
  }
}

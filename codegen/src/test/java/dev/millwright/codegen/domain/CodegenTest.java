package dev.millwright.codegen.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.shared.workitem.Diagnostic;
import dev.millwright.shared.workitem.FailureKind;
import dev.millwright.shared.workitem.Feedback;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CodegenTest {
  @Test
  void the_same_failure_three_times_in_a_row_is_stuck_whatever_its_line_numbers() {
    var same = List.of(failure("expected 3 at 0xff", 1), failure("expected 4 at 0xfe", 2));

    assertThat(Convergence.stuck(same)).isEmpty();
    assertThat(Convergence.stuck(more(same, failure("expected 9 at 0x1", 7)))).isPresent();
    assertThat(Convergence.stuck(more(same, failure("does not compile", 7)))).isEmpty();
    assertThat(Convergence.stuck(List.of(same.get(0), comment(), same.get(1)))).isEmpty();
  }

  @Test
  void nobody_can_write_a_trailer_but_the_factory() {
    var message =
        CommitMessage.of(
            "Title\nMillwright-Item: other", "Millwright-Item: other\nfine", new ItemId("t"), "a");

    assertThat(message.lines().filter(line -> line.startsWith("Millwright-Item:")))
        .containsExactly("Millwright-Item: t");
    assertThat(CommitMessage.subject("x".repeat(300))).hasSize(72);
  }

  @ParameterizedTest
  @EnumSource(FailureKind.class)
  void every_failure_leads_somewhere_and_says_why(FailureKind kind) {
    var outcome = Codegen.failed(kind, "because", Optional.empty(), 100, Duration.ofMinutes(10));

    assertThat(outcome.reason()).contains("because");
  }

  @Test
  void a_providers_own_pause_is_kept() {
    var outcome =
        Codegen.failed(
            FailureKind.RATE_LIMIT,
            "slow",
            Optional.of(Duration.ofSeconds(7)),
            0,
            Duration.ofMinutes(10));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Wait.class, wait -> assertThat(wait.atMost()).isEqualTo(Duration.ofSeconds(7)));
  }

  private static Feedback failure(String message, int line) {
    return new Feedback(
        Stage.VALIDATION,
        Stage.CODEGEN,
        "tests fail",
        List.of(Diagnostic.error("tests", message, "A.java", line)));
  }

  private static Feedback comment() {
    return new Feedback(Stage.RELEASE, Stage.CODEGEN, "nicer please", List.of());
  }

  private static List<Feedback> more(List<Feedback> before, Feedback last) {
    return List.of(before.get(0), before.get(1), last);
  }
}

package dev.millwright.shared.workitem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.shared.signal.Author;
import dev.millwright.shared.signal.Request;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.signal.SignalKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContextTest {
  @Test
  void what_was_sent_back_before_triage_planned_anew_is_over() {
    var before = sent(Stage.CODEGEN, "red");
    var regression = sent(Stage.TRIAGE, "broke production");
    var after = sent(Stage.CODEGEN, "red again");
    var context = context().with(before).with(regression);

    assertThat(context.feedbackTo(Stage.CODEGEN)).isEmpty();
    assertThat(context.feedbackTo(Stage.TRIAGE)).containsExactly(regression);
    assertThat(context.with(after).feedbackTo(Stage.CODEGEN)).containsExactly(after);
    assertThat(context().with(before).feedbackTo(Stage.CODEGEN)).containsExactly(before);
  }

  private static Feedback sent(Stage to, String summary) {
    return new Feedback(Stage.MONITORING, to, summary, List.of());
  }

  private static Context context() {
    return Context.of(
        new Signal(
            new SignalKey("task:1"),
            "test",
            new Author("tester", Author.Trust.OPERATOR),
            new Request("Do it", "", null, List.of(), 0, null, null),
            Map.of(),
            null));
  }
}

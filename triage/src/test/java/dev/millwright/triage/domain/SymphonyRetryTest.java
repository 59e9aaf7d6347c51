package dev.millwright.triage.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.shared.signal.Author;
import dev.millwright.shared.signal.Request;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Counters;
import dev.millwright.shared.workitem.Dossier;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.Usage;
import dev.millwright.shared.workitem.WaitingOn;
import dev.millwright.shared.workitem.WorkItemState.Known;
import dev.millwright.shared.workitem.WorkItemState.Queued;
import dev.millwright.shared.workitem.WorkItemState.Waiting;
import dev.millwright.triage.domain.Reconciling.Step;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Symphony's lines about what a ticket means for work that waits to be tried again, or for a
/// person.
class SymphonyRetryTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final SignalKey KEY = new SignalKey("linear:ABC-12");
  private static final Dossier DOSSIER =
      new Dossier(
          ItemId.of(KEY),
          Context.of(
              new Signal(
                  KEY,
                  "board:backlog",
                  new Author("kim", Author.Trust.MEMBER),
                  new Request("Say two", "", null, List.of(), 2, "orders", null),
                  Map.of(),
                  null)),
          new Counters(1, 0, 0, 0),
          1,
          Usage.NONE,
          Map.of(),
          NOW);
  private static final Known RETRIED = new Queued(DOSSIER, Stage.CODEGEN, NOW.plusSeconds(20));
  private static final Known ASKS =
      new Waiting(DOSSIER, Stage.CODEGEN, WaitingOn.ANSWER, "Which account?", null);

  private final Reconciling rules =
      new Reconciling(new Dispatching(List.of("Todo"), List.of("Done"), List.of("agent")));

  @Test
  void C85_a_ticket_that_is_gone_ends_what_waits_for_its_next_attempt() {
    assertThat(step(RETRIED, null)).isInstanceOf(Step.Stop.class);
  }

  @Test
  void C86_a_ticket_that_is_over_ends_it() {
    assertThat(step(RETRIED, issue("Done", true, "agent"))).isInstanceOf(Step.Stop.class);
  }

  @Test
  void C87_a_ticket_that_is_put_aside_or_somebody_elses_ends_it() {
    assertThat(step(RETRIED, issue("Backlog", true, "agent"))).isInstanceOf(Step.Stop.class);
    assertThat(step(RETRIED, issue("Todo", false, "agent"))).isInstanceOf(Step.Stop.class);
    assertThat(step(RETRIED, issue("Todo", true, "other"))).isInstanceOf(Step.Stop.class);
    assertThat(step(RETRIED, issue("Todo", true, "agent"))).isInstanceOf(Step.Keep.class);
  }

  @Test
  void C133_a_question_stays_while_its_ticket_is_work_and_goes_with_it() {
    assertThat(step(ASKS, issue("Todo", true, "agent"))).isInstanceOf(Step.Keep.class);

    assertThat(step(ASKS, null)).isInstanceOf(Step.Stop.class);
    assertThat(step(ASKS, issue("Done", true, "agent"))).isInstanceOf(Step.Stop.class);
    assertThat(step(ASKS, issue("Backlog", true, "agent"))).isInstanceOf(Step.Stop.class);
    assertThat(step(ASKS, issue("Todo", false, "agent"))).isInstanceOf(Step.Stop.class);
  }

  private Step step(Known item, @Nullable Issue now) {
    var before = issue("Todo", true, "agent");
    var claim =
        Claim.take("backlog", before, KEY, Claim.Written.NOTHING, NOW).heldBy(ItemId.of(KEY));
    return rules.step(claim, item, now);
  }

  private static Issue issue(String state, boolean dispatchable, String label) {
    return new Issue(
        new Issue.Ref("1", "ABC-12", null, Map.of()),
        new Issue.Words("Say two", "", List.of(label), null),
        state,
        2,
        new Issue.Standing(dispatchable, List.of(), null, new Author("kim", Author.Trust.MEMBER)),
        new Issue.Times(NOW, NOW));
  }
}

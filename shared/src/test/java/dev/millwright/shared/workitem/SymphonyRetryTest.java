package dev.millwright.shared.workitem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.shared.signal.Author;
import dev.millwright.shared.signal.Request;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.shared.workitem.WorkItemState.Known;
import dev.millwright.shared.workitem.WorkItemState.Queued;
import dev.millwright.shared.workitem.WorkItemState.Running;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Symphony's lines about an item that is to be tried again.
class SymphonyRetryTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Duration PAUSE = Duration.ofSeconds(40);

  private final WorkItem rules = new WorkItem(Limits.DEFAULT);
  private WorkItemState state = new WorkItemState.Blank();

  @Test
  void C84_a_new_time_takes_the_place_of_the_old_one_which_then_does_nothing() {
    failed();
    assertThat(((Queued) state).notBefore()).isEqualTo(NOW.plus(PAUSE));

    tell(new WorkItemCommand.Decide(new Decision(Decision.Verb.RETRY, "kim", ""), NOW));
    assertThat(((Queued) state).notBefore()).isEqualTo(NOW);

    begin();
    var running = state;
    tell(new WorkItemCommand.Wake(NOW.plus(PAUSE)));
    assertThat(state).isEqualTo(running);
  }

  @Test
  void C88_it_is_begun_with_the_number_it_was_queued_with() {
    failed();

    begin();

    assertThat(state).isInstanceOf(Running.class);
    assertThat(state.known().map(Known::dossier).map(Dossier::counters).orElseThrow().failures())
        .isEqualTo(1);
  }

  private void failed() {
    var signal =
        new Signal(
            new SignalKey("linear:ABC-12"),
            "board:backlog",
            new Author("kim", Author.Trust.MEMBER),
            new Request("Say two", "", null, List.of(), 2, "orders", null),
            Map.of(),
            null);
    tell(new WorkItemCommand.Receive(ItemId.of(signal.key()), signal, NOW));
    begin();
    var lease = ((Running) state).lease();
    var outcome = new Outcome.Retry(FailureKind.CRASH, "codex port_exit", PAUSE);
    tell(new WorkItemCommand.End(lease, StageResult.of(outcome), NOW));
  }

  private void begin() {
    tell(new WorkItemCommand.Begin(Stage.TRIAGE, "here", NOW.plus(PAUSE)));
  }

  private void tell(WorkItemCommand command) {
    if (rules.decide(state, command) instanceof Verdict.Accept(var events)) {
      events.forEach(event -> state = Evolution.evolve(state, event));
    }
  }
}

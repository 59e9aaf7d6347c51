package dev.millwright.shared.workitem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.shared.signal.Author;
import dev.millwright.shared.signal.Request;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.shared.workitem.WorkItemState.Blank;
import dev.millwright.shared.workitem.WorkItemState.Finished;
import dev.millwright.shared.workitem.WorkItemState.Queued;
import dev.millwright.shared.workitem.WorkItemState.Running;
import dev.millwright.shared.workitem.WorkItemState.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkItemTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final ItemId ID = new ItemId("github-acme-orders-218");
  private static final ArtifactRef NO_BYTES = new ArtifactRef("0".repeat(64), 0, "text/plain");
  private static final Change CHANGE =
      new Change(
          new Change.Revision("millwright/x", "base", "c0ffee"),
          new Change.Size(1, 1, 0),
          "recipes",
          "did it",
          NO_BYTES,
          NO_BYTES);

  private final WorkItem rules = new WorkItem(Limits.DEFAULT);
  private WorkItemState state = new Blank();

  @Test
  void a_signal_opens_an_item_and_the_same_signal_again_changes_nothing() {
    tell(receive());

    var again = rules.decide(state, receive());

    assertThat(state).isInstanceOf(Queued.class);
    assertThat(again).isInstanceOf(Verdict.AlreadyDone.class);
  }

  @Test
  void a_key_that_is_another_items_is_refused() {
    tell(receive());
    var other = new WorkItemCommand.Receive(ID, signal("github:acme-orders#218"), NOW);

    var verdict = rules.decide(state, other);

    assertThat(((Verdict.Refusal) verdict).reason())
        .isEqualTo(Verdict.Reason.KEY_BELONGS_TO_ANOTHER);
  }

  @Test
  void a_stale_outcome_is_refused_and_recorded() {
    tell(receive());
    var stale = begin(Stage.TRIAGE);
    tell(new WorkItemCommand.Lose(stale, "its process is gone", NOW));
    begin(Stage.TRIAGE);

    var verdict = rules.decide(state, end(stale, new Outcome.Advance("late"), null));

    assertThat(((Verdict.Refusal) verdict).reason()).isEqualTo(Verdict.Reason.STALE_GENERATION);
    assertThat(((Verdict.Refusal) verdict).recorded())
        .singleElement()
        .isInstanceOf(WorkItemEvent.OutcomeRefused.class);
  }

  @Test
  void an_outcome_handed_in_twice_counts_once() {
    tell(receive());
    var lease = begin(Stage.TRIAGE);
    tell(end(lease, new Outcome.Advance("ok"), null));

    var verdict = rules.decide(state, end(lease, new Outcome.Advance("ok"), null));

    assertThat(verdict).isInstanceOf(Verdict.AlreadyDone.class);
  }

  @Test
  void an_item_that_is_not_in_review_cannot_be_approved() {
    tell(receive());

    var verdict = rules.decide(state, decide(Decision.Verb.APPROVE));

    assertThat(((Verdict.Refusal) verdict).message())
        .isEqualTo("cannot approve: the item is queued for triage");
  }

  @Test
  void an_approval_outlives_a_retry_but_not_another_commit() {
    waitForReview();
    tell(decide(Decision.Verb.APPROVE));
    var lease = begin(Stage.RELEASE);
    tell(end(lease, new Outcome.Wait(WaitingOn.LANDING, "checked out", null), null));
    tell(decide(Decision.Verb.RETRY));
    var context = ((Queued) state).dossier().context();

    var other =
        new Change(
            new Change.Revision("millwright/x", "base", "decaf"),
            CHANGE.size(),
            "recipes",
            "again",
            NO_BYTES,
            NO_BYTES);

    assertThat(context.approved()).isTrue();
    assertThat(context.with(Stage.CODEGEN, other).approved()).isFalse();
  }

  @Test
  void an_approval_said_again_while_the_change_lands_is_no_mistake() {
    waitForReview();
    tell(decide(Decision.Verb.APPROVE));
    tell(end(begin(Stage.RELEASE), new Outcome.Wait(WaitingOn.LANDING, "busy", null), null));

    assertThat(rules.decide(state, decide(Decision.Verb.APPROVE)))
        .isInstanceOf(Verdict.AlreadyDone.class);
  }

  @Test
  void an_approved_item_that_was_cancelled_cannot_be_approved_again() {
    waitForReview();
    tell(decide(Decision.Verb.APPROVE));
    tell(decide(Decision.Verb.CANCEL));

    assertThat(rules.decide(state, decide(Decision.Verb.APPROVE)))
        .isInstanceOf(Verdict.Refusal.class);
  }

  @Test
  void a_stage_that_sends_an_item_on_instead_of_back_needs_a_person() {
    tell(receive());

    tell(
        end(
            begin(Stage.TRIAGE),
            new Outcome.SendBack(Stage.RELEASE, "looks fine", List.of()),
            null));

    var waiting = (Waiting) state;
    assertThat(waiting.on()).isEqualTo(WaitingOn.ANSWER);
    assertThat(waiting.reason()).contains("triage sent it on to release: looks fine");
  }

  @Test
  void an_outcome_in_between_ends_a_row_of_losses() {
    tell(receive());
    tell(new WorkItemCommand.Lose(begin(Stage.TRIAGE), "killed", NOW));
    tell(
        end(
            begin(Stage.TRIAGE),
            new Outcome.Retry(FailureKind.OUTSIDE, "git is away", Duration.ZERO),
            null));

    assertThat(((Queued) state).dossier().counters()).isEqualTo(new Counters(1, 0, 0, 0));
  }

  @Test
  void a_part_of_another_stages_type_leaves_the_item_readable() {
    tell(receive());
    tell(end(begin(Stage.TRIAGE), new Outcome.Advance("ok"), CHANGE));

    assertThat(((Queued) state).dossier().context().contract()).isEmpty();
  }

  @Test
  void rework_goes_to_codegen_with_the_comment() {
    waitForReview();

    tell(
        new WorkItemCommand.Decide(
            new Decision(Decision.Verb.REWORK, "ann", "name it better"), NOW));

    var queued = (Queued) state;
    assertThat(queued.stage()).isEqualTo(Stage.CODEGEN);
    assertThat(queued.dossier().context().feedbackTo(Stage.CODEGEN).getLast().diagnostics())
        .extracting(Diagnostic::message)
        .containsExactly("name it better");
  }

  @Test
  void the_same_event_on_a_finished_item_reopens_it() {
    tell(receive());
    tell(decide(Decision.Verb.CANCEL));
    assertThat(state).isInstanceOf(Finished.class);

    tell(receive());

    assertThat(((Queued) state).stage()).isEqualTo(Stage.TRIAGE);
  }

  private void waitForReview() {
    tell(receive());
    for (var stage : List.of(Stage.TRIAGE, Stage.CODEGEN, Stage.VALIDATION)) {
      var part = stage == Stage.CODEGEN ? CHANGE : null;
      tell(end(begin(stage), new Outcome.Advance("ok"), part));
    }
    tell(end(begin(Stage.RELEASE), new Outcome.Wait(WaitingOn.REVIEW, "look", null), null));
    assertThat(state).isInstanceOf(Waiting.class);
  }

  private Lease begin(Stage stage) {
    tell(new WorkItemCommand.Begin(stage, "node#1", NOW));
    return ((Running) state).lease();
  }

  private static WorkItemCommand.End end(
      Lease lease, Outcome outcome, @org.jspecify.annotations.Nullable Part part) {
    return new WorkItemCommand.End(
        lease, new StageResult(outcome, part, Usage.NONE, List.of()), NOW);
  }

  private static WorkItemCommand receive() {
    return new WorkItemCommand.Receive(ID, signal("github:acme/orders#218"), NOW);
  }

  private static WorkItemCommand decide(Decision.Verb verb) {
    return new WorkItemCommand.Decide(new Decision(verb, "ann", ""), NOW);
  }

  private static Signal signal(String key) {
    return new Signal(
        new SignalKey(key),
        "github",
        new Author("ann", Author.Trust.MEMBER),
        new Request("Broken", "", null, List.of(), 2, "orders", null),
        Map.of(),
        null);
  }

  private void tell(WorkItemCommand command) {
    var verdict = rules.decide(state, command);
    assertThat(verdict).isInstanceOf(Verdict.Accept.class);
    for (var event : ((Verdict.Accept) verdict).events()) {
      state = Evolution.evolve(state, event);
    }
  }
}

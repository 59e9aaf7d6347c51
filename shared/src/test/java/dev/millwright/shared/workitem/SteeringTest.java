package dev.millwright.shared.workitem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.shared.signal.Author;
import dev.millwright.shared.signal.Request;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.shared.workitem.WorkItemState.Blank;
import dev.millwright.shared.workitem.WorkItemState.Finished;
import dev.millwright.shared.workitem.WorkItemState.Known;
import dev.millwright.shared.workitem.WorkItemState.Queued;
import dev.millwright.shared.workitem.WorkItemState.Running;
import dev.millwright.shared.workitem.WorkItemState.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SteeringTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final ItemId ID = new ItemId("task-1");

  private final WorkItem rules = new WorkItem(Limits.DEFAULT);
  private WorkItemState state = new Blank();

  @BeforeEach
  void reach_codegen() {
    tell(
        new WorkItemCommand.Receive(
            ID,
            new Signal(
                new SignalKey("task:1"),
                "test",
                new Author("ann", Author.Trust.OPERATOR),
                new Request("Do it", "", null, List.of(), 0, null, null),
                Map.of(),
                null),
            NOW));
    tell(end(begin(Stage.TRIAGE), new Outcome.Advance("ok")));
  }

  @Test
  void words_for_a_running_attempt_leave_it_running_and_are_unheard() {
    var lease = begin(Stage.CODEGEN);

    steer("use the other parser");

    assertThat(state).isInstanceOf(Running.class);
    assertThat(unheard(lease)).containsExactly("use the other parser");
    assertThat(dossier().generation()).isEqualTo(lease.generation());
  }

  @Test
  void an_answer_to_a_question_nobody_asked_is_steering() {
    var lease = begin(Stage.CODEGEN);

    tell(decide(Decision.Verb.ANSWER, "blue"));

    assertThat(state).isInstanceOf(Running.class);
    assertThat(unheard(lease)).containsExactly("blue");
    assertThat(dossier().context().decisions().getLast().decision().verb())
        .isEqualTo(Decision.Verb.STEER);
  }

  @Test
  void a_remark_is_steering_where_an_agent_works_and_an_answer_where_one_is_waited_for() {
    var lease = begin(Stage.CODEGEN);

    tell(decide(Decision.Verb.REMARK, "blue"));

    assertThat(unheard(lease)).containsExactly("blue");
    heard(lease, dossier().unheard(lease).getLast().at());
    tell(end(lease, new Outcome.Wait(WaitingOn.ANSWER, "which blue?", null)));
    tell(decide(Decision.Verb.REMARK, "the light one"));
    assertThat(state).isInstanceOf(Queued.class);
    assertThat(verbs()).containsExactly(Decision.Verb.REMARK, Decision.Verb.REMARK);
  }

  @ParameterizedTest
  @EnumSource(names = {"REVIEW", "APPROVAL", "LANDING"})
  void a_remark_on_work_no_agent_has_moves_nothing_and_is_kept(WaitingOn on) {
    tell(end(begin(Stage.CODEGEN), new Outcome.Advance("did it")));
    var lease = begin(Stage.VALIDATION);
    tell(decide(Decision.Verb.REMARK, "while it is checked"));
    tell(end(lease, new Outcome.Advance("fine")));
    tell(end(begin(Stage.RELEASE), new Outcome.Wait(on, "look", null)));
    var before = state;

    tell(decide(Decision.Verb.REMARK, "thanks"));

    assertThat(state)
        .isInstanceOfSatisfying(Waiting.class, it -> assertThat(it.on()).isEqualTo(on));
    assertThat(state.getClass()).isEqualTo(before.getClass());
    assertThat(verbs()).containsExactly(Decision.Verb.REMARK, Decision.Verb.REMARK);
    assertThat(dossier().context().approvers()).isEmpty();
  }

  private List<Decision.Verb> verbs() {
    return dossier().context().decisions().stream().map(it -> it.decision().verb()).toList();
  }

  @Test
  void words_said_at_the_same_instant_are_told_apart() {
    var lease = begin(Stage.CODEGEN);
    steer("one");
    steer("two");

    heard(lease, dossier().unheard(lease).getFirst().at());

    assertThat(unheard(lease)).containsExactly("two");
  }

  @Test
  void words_from_before_an_attempt_are_in_its_prompt() {
    steer("mind the tests");

    assertThat(state).isInstanceOf(Queued.class);
    assertThat(dossier().unheard(begin(Stage.CODEGEN))).isEmpty();
    assertThat(dossier().context().decisions()).hasSize(1);
  }

  @Test
  void work_is_held_back_until_its_agent_has_heard_everything() {
    var lease = begin(Stage.CODEGEN);
    steer("also the docs");

    tell(end(lease, new Outcome.Advance("did it")));

    assertThat(((Queued) state).stage()).isEqualTo(Stage.CODEGEN);
    assertThat(dossier().checkpoints()).containsKey(Dossier.HELD_BACK);
    tell(end(begin(Stage.CODEGEN), new Outcome.Advance("did that, too")));
    assertThat(((Queued) state).stage()).isEqualTo(Stage.VALIDATION);
  }

  @Test
  void work_moves_on_when_everything_was_heard() {
    var lease = begin(Stage.CODEGEN);
    steer("also the docs");
    heard(lease, dossier().unheard(lease).getLast().at());

    tell(end(lease, new Outcome.Advance("did it")));

    assertThat(((Queued) state).stage()).isEqualTo(Stage.VALIDATION);
  }

  @Test
  void a_question_is_not_put_to_somebody_who_has_just_spoken() {
    var lease = begin(Stage.CODEGEN);
    steer("blue, if you wonder");

    tell(end(lease, new Outcome.Wait(WaitingOn.ANSWER, "which colour?", null)));

    assertThat(state).isInstanceOf(Queued.class);
  }

  @Test
  void steering_resets_no_counter() {
    tell(end(begin(Stage.CODEGEN), new Outcome.Retry(FailureKind.OUTSIDE, "away", Duration.ZERO)));
    steer("try the mirror");

    assertThat(dossier().counters().failures()).isEqualTo(1);
    assertThat(((Queued) state).notBefore()).isAfter(NOW);
  }

  @Test
  void what_no_agent_will_hear_is_refused() {
    var lease = begin(Stage.CODEGEN);
    tell(end(lease, new Outcome.Wait(WaitingOn.ANSWER, "which colour?", null)));
    assertThat(state).isInstanceOf(Waiting.class);
    refused("cannot steer: the item is waiting on answer in codegen");

    tell(decide(Decision.Verb.ANSWER, "blue"));
    tell(end(begin(Stage.CODEGEN), new Outcome.Advance("did it")));
    refused("cannot steer: the item is queued for validation");

    tell(decide(Decision.Verb.CANCEL, ""));
    assertThat(state).isInstanceOf(Finished.class);
    refused("cannot steer: the item is finished: cancelled");
  }

  @ParameterizedTest
  @EnumSource(names = {"TIME", "BUDGET", "CAPACITY"})
  void words_for_an_item_that_will_go_on_by_itself_stand(WaitingOn on) {
    tell(end(begin(Stage.CODEGEN), new Outcome.Wait(on, "later", Duration.ofHours(1))));

    steer("then do it the other way");

    assertThat(((Waiting) state).on()).isEqualTo(on);
    assertThat(dossier().context().decisions()).hasSize(1);
  }

  private void refused(String message) {
    assertThat(rules.decide(state, decide(Decision.Verb.STEER, "hear me")))
        .isInstanceOfSatisfying(
            Verdict.Refusal.class, refusal -> assertThat(refusal.message()).isEqualTo(message));
  }

  private void steer(String words) {
    tell(decide(Decision.Verb.STEER, words));
  }

  private static WorkItemCommand decide(Decision.Verb verb, String words) {
    return new WorkItemCommand.Decide(new Decision(verb, "kim", words), NOW);
  }

  private void heard(Lease lease, Instant upTo) {
    tell(new WorkItemCommand.Checkpoint(lease, Dossier.HEARD, upTo.toString(), NOW));
  }

  private List<String> unheard(Lease lease) {
    return dossier().unheard(lease).stream().map(said -> said.decision().text()).toList();
  }

  private Dossier dossier() {
    return ((Known) state).dossier();
  }

  private Lease begin(Stage stage) {
    tell(new WorkItemCommand.Begin(stage, "here", NOW));
    return ((Running) state).lease();
  }

  private static WorkItemCommand end(Lease lease, Outcome outcome) {
    return new WorkItemCommand.End(lease, StageResult.of(outcome), NOW);
  }

  private void tell(WorkItemCommand command) {
    assertThat(rules.decide(state, command))
        .isInstanceOfSatisfying(
            Verdict.Accept.class,
            accepted -> accepted.events().forEach(event -> state = Evolution.evolve(state, event)));
  }
}

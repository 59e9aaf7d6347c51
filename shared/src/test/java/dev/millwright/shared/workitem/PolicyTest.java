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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What a policy makes of an item's journey.
class PolicyTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final ArtifactRef NO_BYTES = new ArtifactRef("0".repeat(64), 0, "text/plain");
  private static final Change CHANGE =
      new Change(
          new Change.Revision("millwright/x", "base", "c0ffee"),
          new Change.Size(1, 1, 0),
          "coder",
          "did it",
          NO_BYTES,
          NO_BYTES);

  private Limits limits = Limits.DEFAULT;
  private WorkItemState state = new Blank();
  private Instant now = NOW;

  @Nested
  class A_budget {
    @Test
    void of_minutes_counts_all_attempts_together() {
      limits = limits.with(new Limits.Budget(Duration.ofMinutes(10), 0, 0));
      received();

      attempt(Stage.TRIAGE, Duration.ofMinutes(1), new Outcome.Advance("ok"), null, Usage.NONE);
      attempt(Stage.CODEGEN, Duration.ofMinutes(4), failed(), null, Usage.NONE);
      assertThat(state).isInstanceOf(Queued.class);
      attempt(Stage.CODEGEN, Duration.ofMinutes(5), failed(), null, Usage.NONE);

      assertThat(state)
          .isInstanceOfSatisfying(
              Waiting.class,
              waiting -> {
                assertThat(waiting.on()).isEqualTo(WaitingOn.BUDGET);
                assertThat(waiting.reason())
                    .isEqualTo("its attempts took 10 of 10 minutes (retry or cancel)");
              });
    }

    @Test
    void starts_anew_when_a_person_says_retry() {
      a_budget_is_used_up();

      tell(new WorkItemCommand.Decide(new Decision(Decision.Verb.RETRY, "ann", ""), now));

      assertThat(((Queued) state).dossier().counters().spent()).isEqualTo(Usage.NONE);
    }

    @Test
    void of_tokens_counts_what_agents_report() {
      limits = limits.with(new Limits.Budget(Duration.ZERO, 1_000, 0));
      received();

      attempt(Stage.TRIAGE, Duration.ZERO, failed(), null, new Usage(900, 100, 0, Duration.ZERO));

      assertThat(((Waiting) state).reason()).startsWith("its agents used 1000 of 1000 tokens");
    }

    @Test
    void of_dollars_counts_what_agents_report() {
      limits = limits.with(new Limits.Budget(Duration.ZERO, 0, 2_000_000));
      received();

      attempt(
          Stage.TRIAGE, Duration.ZERO, failed(), null, new Usage(1, 1, 2_500_000, Duration.ZERO));

      assertThat(((Waiting) state).reason()).startsWith("its agents cost $2.50 of $2.00");
    }

    private void a_budget_is_used_up() {
      limits = limits.with(new Limits.Budget(Duration.ofMinutes(1), 0, 0));
      received();
      attempt(Stage.TRIAGE, Duration.ofMinutes(1), failed(), null, Usage.NONE);
      assertThat(state).isInstanceOf(Waiting.class);
    }
  }

  @Nested
  class An_approval {
    @Test
    void of_own_work_is_refused_where_people_are_told_apart() {
      limits = limits.telling(true);
      waitsForReview(1);

      var verdict = new WorkItem(limits).decide(state, approve("ann"));

      assertThat(((Verdict.Refusal) verdict).reason()).isEqualTo(Verdict.Reason.OWN_WORK);
      tell(approve("ben"));
      assertThat(((Queued) state).dossier().context().approved()).isTrue();
    }

    @Test
    void of_own_work_counts_where_everybody_is_the_operator() {
      waitsForReview(1);

      tell(approve("ann"));

      assertThat(((Queued) state).dossier().context().approved()).isTrue();
    }

    @Test
    void is_one_of_as_many_as_the_contract_asks_for() {
      waitsForReview(2);

      tell(approve("ben"));
      assertThat(((Queued) state).dossier().context().approved()).isFalse();
      assertThat(new WorkItem(limits).decide(state, approve("ben")))
          .isInstanceOf(Verdict.AlreadyDone.class);
      review();
      tell(approve("cem"));

      var context = ((Queued) state).dossier().context();
      assertThat(context.approvers()).containsExactlyInAnyOrder("ben", "cem");
      assertThat(context.approved()).isTrue();
    }

    @Test
    void outlasts_whatever_is_said_on_the_ticket() {
      waitsForReview(2);
      tell(approve("ben"));
      review();

      for (var i = 0; i < 100; i++) {
        now = now.plusSeconds(1);
        var remark = new Decision(Decision.Verb.REMARK, "board:dan", "remark " + i);
        tell(new WorkItemCommand.Decide(remark, now));
      }
      tell(approve("cem"));

      var context = ((Queued) state).dossier().context();
      assertThat(context.approved()).isTrue();
      assertThat(context.decisions()).hasSize(22);
      assertThat(context.decisions().get(1).decision().text()).isEqualTo("remark 80");
    }

    @Test
    void counts_for_nothing_once_somebody_objected() {
      waitsForReview(1);
      tell(approve("ben"));
      review();
      tell(new WorkItemCommand.Decide(new Decision(Decision.Verb.REWORK, "cem", "no"), now));

      assertThat(((Queued) state).dossier().context().approved()).isFalse();
    }
  }

  @Test
  void a_contract_that_promises_a_report_ends_the_journey_with_triage() {
    received();

    attempt(
        Stage.TRIAGE,
        Duration.ZERO,
        new Outcome.Advance("would do it"),
        contract(Contract.Deliverable.REPORT, 1),
        Usage.NONE);

    assertThat(state)
        .isInstanceOfSatisfying(
            Finished.class,
            finished -> {
              assertThat(finished.result()).isEqualTo(WorkItemState.Result.DONE);
              assertThat(finished.reason()).isEqualTo("would do it");
            });
  }

  private void waitsForReview(int approvals) {
    received();
    var contract = contract(Contract.Deliverable.PULL_REQUEST, approvals);
    attempt(Stage.TRIAGE, Duration.ZERO, new Outcome.Advance("ok"), contract, Usage.NONE);
    attempt(Stage.CODEGEN, Duration.ZERO, new Outcome.Advance("ok"), CHANGE, Usage.NONE);
    attempt(Stage.VALIDATION, Duration.ZERO, new Outcome.Advance("ok"), null, Usage.NONE);
    review();
  }

  private void review() {
    var look = new Outcome.Wait(WaitingOn.REVIEW, "look", null);
    attempt(Stage.RELEASE, Duration.ZERO, look, null, Usage.NONE);
  }

  private static Contract contract(Contract.Deliverable deliverable, int approvals) {
    return new Contract(
        "do it",
        new Contract.Boundary(List.of(), List.of(), 40, 2000, approvals),
        new Contract.Environment(List.of(), Map.of()),
        List.of(),
        deliverable,
        new Contract.Route("orders", "main", "coder", Kind.BUG),
        new Contract.Judgement("why", 1));
  }

  private static Outcome failed() {
    return new Outcome.Retry(FailureKind.OUTSIDE, "not now", Duration.ZERO);
  }

  private static WorkItemCommand approve(String by) {
    return new WorkItemCommand.Decide(new Decision(Decision.Verb.APPROVE, by, ""), NOW);
  }

  private void received() {
    var signal =
        new Signal(
            new SignalKey("task:1"),
            "cli",
            new Author("ann", Author.Trust.OPERATOR),
            new Request("Broken", "", null, List.of(), 2, "orders", null),
            Map.of(),
            null);
    tell(new WorkItemCommand.Receive(new ItemId("task-1"), signal, now));
  }

  private void attempt(
      Stage stage, Duration took, Outcome outcome, @Nullable Part part, Usage usage) {
    now = now.plus(Duration.ofHours(1));
    tell(new WorkItemCommand.Begin(stage, "node#1", now));
    var lease = ((Running) state).lease();
    now = now.plus(took);
    tell(new WorkItemCommand.End(lease, new StageResult(outcome, part, usage, List.of()), now));
  }

  private void tell(WorkItemCommand command) {
    var verdict = new WorkItem(limits).decide(state, command);
    assertThat(verdict).isInstanceOf(Verdict.Accept.class);
    for (var event : ((Verdict.Accept) verdict).events()) {
      state = Evolution.evolve(state, event);
    }
  }
}

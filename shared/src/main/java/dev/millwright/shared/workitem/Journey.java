package dev.millwright.shared.workitem;

import dev.millwright.shared.workitem.WorkItemState.Finished;
import dev.millwright.shared.workitem.WorkItemState.Known;
import dev.millwright.shared.workitem.WorkItemState.Queued;
import dev.millwright.shared.workitem.WorkItemState.Result;
import dev.millwright.shared.workitem.WorkItemState.Running;
import dev.millwright.shared.workitem.WorkItemState.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where outcomes, losses and decisions lead.
record Journey(Limits limits) {
  Next after(Dossier dossier, Stage stage, WorkItemCommand.End end) {
    var spent =
        dossier
            .counters()
            .spent()
            .plus(end.result().usage().taking(Duration.between(end.lease().since(), end.at())));
    return withinBudget(heardFirst(dossier, end, leadsTo(dossier, stage, end)), spent);
  }

  /// Work leaves codegen, for another stage or for a person, only when its agent was told whatever
  /// people said meanwhile.
  private static Next heardFirst(Dossier dossier, WorkItemCommand.End end, Next next) {
    var leaves =
        switch (end.result().outcome()) {
          case Outcome.Advance _, Outcome.GiveUp _, Outcome.Split _, Outcome.Drop _ -> true;
          case Outcome.Wait(var on, _, _) -> on == WaitingOn.ANSWER;
          case Outcome.SendBack _, Outcome.Retry _ -> false;
        };
    return leaves && !dossier.unheard(end.lease()).isEmpty()
        ? new Next.Queue(Stage.CODEGEN, end.at())
        : next;
  }

  /// The budget stops an item between two attempts, wherever it was about to go.
  private Next withinBudget(Next next, Usage spent) {
    return next instanceof Next.Queue(var stage, _)
        ? limits
            .budget()
            .usedUp(spent)
            .<Next>map(
                why -> new Next.Wait(stage, WaitingOn.BUDGET, why + " (retry or cancel)", null))
            .orElse(next)
        : next;
  }

  private Next leadsTo(Dossier dossier, Stage stage, WorkItemCommand.End end) {
    var at = end.at();
    return switch (end.result().outcome()) {
      case Outcome.Advance(var reason) ->
          stage
              .next()
              .filter(_ -> !isReport(end.result().part()))
              .<Next>map(next -> new Next.Queue(next, at))
              .orElseGet(() -> new Next.Finish(stage, Result.DONE, reason));
      case Outcome.SendBack(var to, var reason, _) -> sentBack(dossier, stage, to, reason, at);
      case Outcome.Wait(var on, var reason, var atMost) ->
          new Next.Wait(stage, on, reason, atMost == null ? null : at.plus(atMost));
      case Outcome.Retry(var kind, var reason, var after) ->
          failed(dossier, stage, kind, reason, at, after);
      case Outcome.GiveUp(var reason) -> new Next.Finish(stage, Result.GIVEN_UP, reason);
      case Outcome.Split(var reason) -> new Next.Finish(stage, Result.DONE, reason);
      case Outcome.Drop(var reason, var of) ->
          of == null
              ? new Next.Finish(stage, Result.DROPPED, reason)
              : new Next.Finish(stage, Result.DUPLICATE, reason + " (same as " + of + ")");
    };
  }

  Next afterLoss(Dossier dossier, Stage stage, WorkItemCommand.Lose lose) {
    var losses = dossier.counters().losses() + 1;
    return losses > limits.losses()
        ? needsAPerson(
            stage, losses + " attempts in a row were lost, the last because " + lose.why())
        : new Next.Queue(
            stage, losses == 1 ? lose.at() : lose.at().plus(limits.backoffAfter(losses - 1)));
  }

  static Optional<Next> afterDecision(Known item, Decision decision, Instant at) {
    var now = new Next.Queue(item.stage(), at);
    return Optional.ofNullable(
        switch (decision.verb()) {
          case APPROVE -> waitsOn(item, WaitingOn.REVIEW, WaitingOn.APPROVAL) ? now : null;
          case ANSWER -> waitsOn(item, WaitingOn.ANSWER, WaitingOn.APPROVAL) ? now : null;
          case REWORK -> waitsOn(item, WaitingOn.REVIEW) ? new Next.Queue(Stage.CODEGEN, at) : null;
          case REJECT ->
              waitsOn(item, WaitingOn.REVIEW, WaitingOn.APPROVAL, WaitingOn.ANSWER)
                  ? new Next.Finish(item.stage(), Result.REJECTED, said(decision))
                  : null;
          case CANCEL ->
              item instanceof Finished
                  ? null
                  : new Next.Finish(item.stage(), Result.CANCELLED, said(decision));
          case RETRY -> mayRetry(item) ? now : null;
          case STEER -> canBeSteered(item) ? new Next.Stay() : null;
          case REMARK -> {
            if (item instanceof Finished) {
              yield null;
            }
            yield waitsOn(item, WaitingOn.ANSWER) ? now : new Next.Stay();
          }
        });
  }

  /// An answer to a question nobody asked is a word for the agent that works.
  static Decision understood(Known item, Decision decision) {
    return decision.verb() == Decision.Verb.ANSWER
            && item.stage() == Stage.CODEGEN
            && canBeSteered(item)
        ? decision.as(Decision.Verb.STEER)
        : decision;
  }

  /// Whether an agent works on it now or will without a person's decision.
  private static boolean canBeSteered(Known item) {
    return item.stage().compareTo(Stage.CODEGEN) <= 0
        && switch (item) {
          case Queued _, Running _ -> true;
          case Waiting _ -> waitsOn(item, WaitingOn.TIME, WaitingOn.BUDGET, WaitingOn.CAPACITY);
          case Finished _ -> false;
        };
  }

  /// Whether a decision was made before and still stands, so that saying it twice is no mistake.
  static boolean madeBefore(Known item, Decision decision, Instant at) {
    return switch (decision.verb()) {
      case APPROVE -> approvalStands(item, decision.by());
      case REJECT -> item instanceof Finished(_, _, var result, _) && result == Result.REJECTED;
      case CANCEL -> item instanceof Finished(_, _, var result, _) && result == Result.CANCELLED;
      case RETRY -> item instanceof Queued(_, _, var notBefore) && !notBefore.isAfter(at);
      case ANSWER, STEER, REMARK -> saidBefore(item, decision, at);
      case REWORK -> false;
    };
  }

  /// The same words that arrive twice were said at the same time; said again, they are later.
  private static boolean saidBefore(Known item, Decision decision, Instant at) {
    return item.dossier().context().decisions().stream()
        .anyMatch(said ->
            !said.at().isBefore(at)
                && said.decision().by().equals(decision.by())
                && said.decision().text().equals(decision.text())
                && (said.decision().verb() == decision.verb()
                    || said.decision().verb() == Decision.Verb.STEER));
  }

  private static boolean approvalStands(Known item, String by) {
    var underWay =
        switch (item) {
          case Queued _, Running _ -> true;
          case Waiting(_, _, var on, _, _) -> on == WaitingOn.LANDING;
          case Finished(_, _, var result, _) -> result == Result.DONE;
        };
    return underWay
        && item.stage().compareTo(Stage.RELEASE) >= 0
        && (item.dossier().context().approved()
            || item.dossier().context().approvers().contains(by));
  }

  /// A contract that promises words is fulfilled when they are said.
  private static boolean isReport(@Nullable Part part) {
    return part instanceof Contract contract
        && contract.deliverable() == Contract.Deliverable.REPORT;
  }

  private Next sentBack(Dossier dossier, Stage from, Stage to, String reason, Instant at) {
    if (to.compareTo(from) >= 0) {
      return needsAPerson(from, from.wire() + " sent it on to " + to.wire() + ": " + reason);
    }
    var rounds = dossier.counters().continuations() + 1;
    return rounds > limits.continuations()
        ? new Next.Finish(
            from,
            Result.GIVEN_UP,
            "after " + rounds + " rounds " + from.wire() + " still says: " + reason)
        : new Next.Queue(to, at);
  }

  private Next failed(
      Dossier dossier, Stage stage, FailureKind kind, String reason, Instant at, Duration after) {
    var failures = dossier.counters().failures() + 1;
    if (!canSucceedLater(kind)) {
      return needsAPerson(stage, reason);
    }
    if (failures > limits.failures()) {
      return needsAPerson(stage, "failed " + failures + " times, at last: " + reason);
    }
    var backoff = limits.backoffAfter(failures);
    return new Next.Queue(stage, at.plus(after.compareTo(backoff) > 0 ? after : backoff));
  }

  private static Next needsAPerson(Stage stage, String reason) {
    return new Next.Wait(stage, WaitingOn.ANSWER, reason + " (retry or cancel)", null);
  }

  private static boolean canSucceedLater(FailureKind kind) {
    return switch (kind) {
      case CRASH, QUOTA, RATE_LIMIT, STALL, TIMEOUT, BAD_RESULT, OUTSIDE -> true;
      case AUTH, CONTEXT, REFUSAL -> false;
    };
  }

  private static boolean mayRetry(Known item) {
    return switch (item) {
      case Waiting(_, _, var on, _, _) -> on != WaitingOn.REVIEW && on != WaitingOn.APPROVAL;
      case Finished(_, _, var result, _) -> result != Result.DONE;
      case Queued _ -> true;
      case Running _ -> false;
    };
  }

  private static boolean waitsOn(Known item, WaitingOn first, WaitingOn... others) {
    return item instanceof Waiting(_, _, var on, _, _)
        && (on == first || java.util.List.of(others).contains(on));
  }

  private static String said(Decision decision) {
    var by = decision.verb().name().toLowerCase(java.util.Locale.ROOT) + " by " + decision.by();
    return decision.text().isBlank() ? by : by + ": " + decision.text();
  }
}

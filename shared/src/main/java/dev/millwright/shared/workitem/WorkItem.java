package dev.millwright.shared.workitem;

import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.shared.workitem.Verdict.Reason;
import dev.millwright.shared.workitem.WorkItemCommand.Begin;
import dev.millwright.shared.workitem.WorkItemCommand.Checkpoint;
import dev.millwright.shared.workitem.WorkItemCommand.Decide;
import dev.millwright.shared.workitem.WorkItemCommand.End;
import dev.millwright.shared.workitem.WorkItemCommand.Lose;
import dev.millwright.shared.workitem.WorkItemCommand.Receive;
import dev.millwright.shared.workitem.WorkItemCommand.Take;
import dev.millwright.shared.workitem.WorkItemCommand.Wake;
import dev.millwright.shared.workitem.WorkItemEvent.AttemptEnded;
import dev.millwright.shared.workitem.WorkItemEvent.AttemptLost;
import dev.millwright.shared.workitem.WorkItemEvent.AttemptStarted;
import dev.millwright.shared.workitem.WorkItemEvent.CheckpointReported;
import dev.millwright.shared.workitem.WorkItemEvent.DecisionMade;
import dev.millwright.shared.workitem.WorkItemEvent.IntentRecorded;
import dev.millwright.shared.workitem.WorkItemEvent.OutcomeRefused;
import dev.millwright.shared.workitem.WorkItemEvent.SignalReceived;
import dev.millwright.shared.workitem.WorkItemEvent.WaitEnded;
import dev.millwright.shared.workitem.WorkItemState.Blank;
import dev.millwright.shared.workitem.WorkItemState.Finished;
import dev.millwright.shared.workitem.WorkItemState.Known;
import dev.millwright.shared.workitem.WorkItemState.Queued;
import dev.millwright.shared.workitem.WorkItemState.Running;
import dev.millwright.shared.workitem.WorkItemState.Waiting;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// The rules of a work item: what a command may do in a state. `Journey` says where outcomes and
/// decisions lead, `Evolution` what an event makes of a state.
public record WorkItem(Limits limits) {
  public Verdict decide(WorkItemState state, WorkItemCommand command) {
    return switch (command) {
      case Receive receive -> receive(state, receive);
      case Begin begin -> begin(state, begin);
      case Checkpoint checkpoint -> checkpoint(state, checkpoint);
      case Take take -> take(state, take);
      case End end -> end(state, end);
      case Lose lose -> lose(state, lose);
      case Decide decide -> person(state, decide);
      case Wake wake -> wake(state, wake);
    };
  }

  private static Verdict receive(WorkItemState state, Receive command) {
    var signal = command.signal();
    var reopen = new Next.Queue(Stage.TRIAGE, command.at());
    return switch (state) {
      case Blank _ ->
          Verdict.accept(new SignalReceived(signal, command.id(), reopen, command.at()));
      case Known known when !keyOf(known).equals(signal.key()) ->
          Verdict.refuse(
              Reason.KEY_BELONGS_TO_ANOTHER,
              "item " + command.id() + " belongs to key " + keyOf(known));
      case Finished _ when namesAnEvent(signal) ->
          Verdict.accept(new SignalReceived(signal, command.id(), reopen, command.at()));
      case Finished _ -> new Verdict.AlreadyDone();
      case Known known when known.dossier().context().signal().equals(signal) ->
          new Verdict.AlreadyDone();
      case Known _ ->
          Verdict.accept(new SignalReceived(signal, command.id(), new Next.Stay(), command.at()));
    };
  }

  private static Verdict begin(WorkItemState state, Begin command) {
    return switch (state) {
      case Queued queued
          when queued.stage() == command.stage() && !queued.notBefore().isAfter(command.at()) -> {
        var at = inOrder(queued, command.at());
        var generation = queued.dossier().generation() + 1;
        yield Verdict.accept(
            new AttemptStarted(new Lease(queued.stage(), generation, command.holder(), at), at));
      }
      default -> refuseIn(state, "start " + command.stage().wire());
    };
  }

  private static Verdict checkpoint(WorkItemState state, Checkpoint command) {
    if (!(state instanceof Running(var dossier, _, var current))
        || !current.equals(command.lease())) {
      return leaseGone();
    }
    return command.value().equals(dossier.checkpoints().get(command.name()))
        ? new Verdict.AlreadyDone()
        : Verdict.accept(
            new CheckpointReported(
                current.generation(), command.name(), command.value(), command.at()));
  }

  /// Said again after a crash, it is the same.
  private static Verdict take(WorkItemState state, Take command) {
    if (!(state instanceof Running(var dossier, _, var current))
        || !current.equals(command.lease())) {
      return leaseGone();
    }
    return dossier.context().has(command.note())
        ? new Verdict.AlreadyDone()
        : Verdict.accept(new IntentRecorded(current.generation(), command.note(), command.at()));
  }

  private static Verdict leaseGone() {
    return Verdict.refuse(Reason.STALE_GENERATION, "the lease is no longer the item's");
  }

  private Verdict end(WorkItemState state, End command) {
    var lease = command.lease();
    if (state instanceof Running(var dossier, _, var current) && current.equals(lease)) {
      var next = new Journey(limits).after(dossier, lease.stage(), command);
      return Verdict.accept(new AttemptEnded(lease, command.result(), next, command.at()));
    }
    return switch (state) {
      case Blank _ -> unknown();
      case Known known when known.dossier().generation() == lease.generation() ->
          new Verdict.AlreadyDone();
      case Known known -> {
        var why =
            "generation "
                + lease.generation()
                + " is over, "
                + known.dossier().generation()
                + " counts";
        yield new Verdict.Refusal(
            Reason.STALE_GENERATION, why, List.of(new OutcomeRefused(lease, why, command.at())));
      }
    };
  }

  private Verdict lose(WorkItemState state, Lose command) {
    return state instanceof Running(var dossier, _, var current) && current.equals(command.lease())
        ? Verdict.accept(
            new AttemptLost(
                current,
                command.why(),
                new Journey(limits).afterLoss(dossier, current.stage(), command),
                command.at()))
        : new Verdict.AlreadyDone();
  }

  private Verdict person(WorkItemState state, Decide command) {
    if (!(state instanceof Known known)) {
      return unknown();
    }
    if (Journey.madeBefore(known, command.decision(), command.at())) {
      return new Verdict.AlreadyDone();
    }
    if (isOwnWork(known, command.decision())) {
      return Verdict.refuse(
          Reason.OWN_WORK, command.decision().by() + " asked for this; somebody else approves it");
    }
    var decision = Journey.understood(known, command.decision());
    var at = inOrder(known, command.at());
    return Journey.afterDecision(known, decision, command.at())
        .map(next -> Verdict.accept(new DecisionMade(decision, next, at)))
        .orElseGet(
            () -> refuseIn(state, command.decision().verb().name().toLowerCase(Locale.ROOT)));
  }

  /// Later than every decision and than the lease before it, whatever the clocks of several nodes
  /// say: one instant then tells which words an agent has heard.
  private static Instant inOrder(Known item, Instant at) {
    var said = item.dossier().context().decisions();
    var last = said.isEmpty() ? Instant.MIN : said.getLast().at();
    if (item instanceof Running(_, _, var lease) && lease.since().isAfter(last)) {
      last = lease.since();
    }
    return at.isAfter(last) ? at : last.plusNanos(1);
  }

  private boolean isOwnWork(Known item, Decision decision) {
    return limits.peopleToldApart()
        && decision.verb() == Decision.Verb.APPROVE
        && decision.by().equals(item.dossier().context().signal().author().name());
  }

  private static Verdict wake(WorkItemState state, Wake command) {
    return state instanceof Waiting(_, var stage, _, _, var until)
            && until != null
            && !until.isAfter(command.at())
        ? Verdict.accept(new WaitEnded(new Next.Queue(stage, command.at()), command.at()))
        : new Verdict.AlreadyDone();
  }

  /// Whether the same key again means that it happened again: a `task:` key names one request, said
  /// twice, everything else names something that can come back.
  private static boolean namesAnEvent(Signal signal) {
    return !signal.key().value().startsWith("task:");
  }

  private static SignalKey keyOf(Known known) {
    return known.dossier().context().signal().key();
  }

  private static Verdict unknown() {
    return Verdict.refuse(Reason.UNKNOWN_ITEM, "there is no such item");
  }

  private static Verdict refuseIn(WorkItemState state, String what) {
    return switch (state) {
      case Blank _ -> unknown();
      case Queued(_, var stage, _) -> refuse(what, "queued for " + stage.wire());
      case Running(_, var stage, _) -> refuse(what, "running " + stage.wire());
      case Waiting(_, var stage, var on, _, _) ->
          refuse(what, "waiting on " + on.name().toLowerCase(Locale.ROOT) + " in " + stage.wire());
      case Finished(_, _, var result, _) ->
          refuse(what, "finished: " + result.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    };
  }

  private static Verdict refuse(String what, String is) {
    return Verdict.refuse(Reason.NOT_IN_THIS_STATE, "cannot " + what + ": the item is " + is);
  }
}

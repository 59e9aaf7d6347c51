package dev.millwright.shared.workitem;

import dev.millwright.shared.signal.Signal;
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
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What an event makes of a state: no rule is asked again, so an old journal always reads the same.
public final class Evolution {
  private Evolution() {}

  public static WorkItemState evolve(WorkItemState state, WorkItemEvent event) {
    return switch (event) {
      case SignalReceived(var signal, var id, var next, var at) ->
          received(state, signal, id, next, at);
      case AttemptStarted(var lease, _) -> started(known(state), lease);
      case CheckpointReported(_, var name, var value, _) -> kept(known(state), name, value);
      case IntentRecorded(_, var note, _) -> noted(known(state), note);
      case AttemptEnded ended -> ended(known(state), ended);
      case AttemptLost(_, _, var next, _) -> lost(known(state), next);
      case OutcomeRefused _ -> state;
      case DecisionMade(var decision, var next, var at) ->
          decided(known(state), decision, next, at);
      case WaitEnded(var next, _) -> move(known(state), known(state).dossier(), next);
    };
  }

  private static WorkItemState received(
      WorkItemState state, Signal signal, ItemId id, Next next, Instant at) {
    return switch (state) {
      case Blank _ ->
          opened(
              new Dossier(id, Context.of(signal), Counters.ZERO, 0, Usage.NONE, Map.of(), at),
              next,
              at);
      case Known known -> {
        var dossier = known.dossier().with(known.dossier().context().with(signal));
        var fresh =
            next instanceof Next.Stay
                ? dossier
                : dossier.with(Counters.ZERO).with(dossier.context().withoutNotes());
        yield move(known, fresh, next);
      }
    };
  }

  private static WorkItemState opened(Dossier dossier, Next next, Instant at) {
    return move(new Queued(dossier, Stage.TRIAGE, at), dossier, next);
  }

  private static WorkItemState started(Known item, Lease lease) {
    return new Running(item.dossier().started(lease.generation()), lease.stage(), lease);
  }

  private static WorkItemState kept(Known item, String name, String value) {
    var checkpoints = new HashMap<>(item.dossier().checkpoints());
    checkpoints.put(name, value);
    return move(item, item.dossier().with(checkpoints), new Next.Stay());
  }

  private static WorkItemState noted(Known item, Note note) {
    return move(item, item.dossier().with(item.dossier().context().with(note)), new Next.Stay());
  }

  private static WorkItemState ended(Known item, AttemptEnded event) {
    var stage = event.lease().stage();
    var result = event.result();
    var took = Duration.between(event.lease().since(), event.at());
    var dossier = item.dossier().costing(result.usage());
    dossier = dossier.with(dossier.counters().spending(result.usage().taking(took)));
    var part = result.part();
    if (part != null) {
      dossier = dossier.with(dossier.context().with(stage, part));
    }
    dossier = counted(dossier, stage, result.outcome());
    return move(item, heldBack(event) ? dossier.heldBack() : dossier, event.next());
  }

  /// Work that was done and is gone through once more, because somebody said something meanwhile.
  private static boolean heldBack(AttemptEnded event) {
    return event.result().outcome() instanceof Outcome.Advance
        && event.next() instanceof Next.Queue(var stage, _)
        && stage == event.lease().stage();
  }

  private static Dossier counted(Dossier dossier, Stage stage, Outcome outcome) {
    var counters = dossier.counters();
    return switch (outcome) {
      case Outcome.SendBack(var to, var reason, var diagnostics) ->
          dossier
              .with(dossier.context().with(new Feedback(stage, to, reason, diagnostics)))
              .with(counters.continued());
      case Outcome.Retry _ -> dossier.with(counters.failed());
      case Outcome.Wait(var on, _, _) when on == WaitingOn.CAPACITY ->
          dossier.with(counters.waited());
      case Outcome.Wait _ -> dossier.with(counters.progressed());
      case Outcome.Advance _, Outcome.GiveUp _, Outcome.Split _, Outcome.Drop _ ->
          dossier.with(counters.progressed()).with(Map.of());
    };
  }

  /// The generation moves on, so that the lost attempt's outcome, should it still come, is stale.
  private static WorkItemState lost(Known item, Next next) {
    var dossier = item.dossier().started(item.dossier().generation() + 1);
    return move(item, dossier.with(dossier.counters().lost()), next);
  }

  private static WorkItemState decided(Known item, Decision decision, Next next, Instant at) {
    var dossier = item.dossier();
    dossier = dossier.with(dossier.context().with(decision, at));
    if (decision.verb() == Decision.Verb.REWORK) {
      var comment = Diagnostic.error("review", decision.text());
      dossier =
          dossier.with(
              dossier
                  .context()
                  .with(
                      new Feedback(
                          Stage.RELEASE,
                          Stage.CODEGEN,
                          "rework asked by " + decision.by(),
                          List.of(comment))));
    }
    if (next instanceof Next.Stay) {
      return stay(item, dossier);
    }
    if (item instanceof Running) {
      dossier = dossier.started(dossier.generation() + 1);
    }
    return move(item, dossier.with(Counters.ZERO), next);
  }

  private static WorkItemState move(Known item, Dossier dossier, Next next) {
    return switch (next) {
      case Next.Queue(var stage, var notBefore) -> queued(item, dossier, stage, notBefore);
      case Next.Wait(var stage, var on, var reason, var until) ->
          new Waiting(dossier, stage, on, reason, until);
      case Next.Finish(var stage, var result, var reason) ->
          new Finished(dossier, stage, result, reason);
      case Next.Stay _ -> stay(item, dossier);
    };
  }

  /// Checkpoints are one stage's word to itself: another stage never sees them.
  private static Queued queued(Known item, Dossier dossier, Stage stage, Instant notBefore) {
    return new Queued(stage == item.stage() ? dossier : dossier.with(Map.of()), stage, notBefore);
  }

  private static WorkItemState stay(Known item, Dossier dossier) {
    return switch (item) {
      case Queued(_, var stage, var notBefore) -> new Queued(dossier, stage, notBefore);
      case Running(_, var stage, var lease) -> new Running(dossier, stage, lease);
      case Waiting(_, var stage, var on, var reason, var until) ->
          new Waiting(dossier, stage, on, reason, until);
      case Finished(_, var stage, var result, var reason) ->
          new Finished(dossier, stage, result, reason);
    };
  }

  private static Known known(WorkItemState state) {
    return state
        .known()
        .orElseThrow(() -> new IllegalStateException("the journal starts without a signal"));
  }
}

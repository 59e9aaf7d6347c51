package dev.millwright.shared.workitem;

import dev.millwright.shared.signal.Signal;
import java.time.Instant;

/// What happened to an item, in the past tense; its journal is the truth.
///
/// Every record has a stable wire name in `EventNames` and a golden file: rename the record as you
/// like, never the wire name.
public sealed interface WorkItemEvent {
  /// When it happened.
  Instant at();

  /// A signal arrived: the first one opens the item, a later one refreshes or reopens it.
  record SignalReceived(Signal signal, ItemId id, Next next, Instant at) implements WorkItemEvent {}

  /// A stage got the right to run.
  record AttemptStarted(Lease lease, Instant at) implements WorkItemEvent {}

  /// A running attempt kept a fact for a later one.
  record CheckpointReported(long generation, String name, String value, Instant at)
      implements WorkItemEvent {}

  /// What the agent of a running attempt wanted outside its workspace was done.
  record IntentRecorded(long generation, Note note, Instant at) implements WorkItemEvent {}

  /// An attempt handed in its outcome, and the rules said where that leads.
  record AttemptEnded(Lease lease, StageResult result, Next next, Instant at)
      implements WorkItemEvent {}

  /// A lease ended without an outcome: its process or node is gone.
  record AttemptLost(Lease lease, String why, Next next, Instant at) implements WorkItemEvent {}

  /// An outcome of an older generation came in and was refused.
  record OutcomeRefused(Lease lease, String why, Instant at) implements WorkItemEvent {}

  /// A person decided.
  record DecisionMade(Decision decision, Next next, Instant at) implements WorkItemEvent {}

  /// The time an item waited for is over.
  record WaitEnded(Next next, Instant at) implements WorkItemEvent {}
}

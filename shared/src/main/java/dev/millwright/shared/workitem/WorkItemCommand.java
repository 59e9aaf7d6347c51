package dev.millwright.shared.workitem;

import dev.millwright.shared.signal.Signal;
import java.time.Instant;

/// What can be asked of an item. The rules never read a clock: the time comes with the command.
public sealed interface WorkItemCommand {
  Instant at();

  /// A signal with this item's key arrived.
  record Receive(ItemId id, Signal signal, Instant at) implements WorkItemCommand {}

  /// A stage actor was granted a slot and wants the lease.
  record Begin(Stage stage, String holder, Instant at) implements WorkItemCommand {}

  /// The holder of a lease keeps a fact.
  record Checkpoint(Lease lease, String name, String value, Instant at)
      implements WorkItemCommand {}

  /// The holder of a lease did what its agent wanted outside its workspace.
  record Take(Lease lease, Note note, Instant at) implements WorkItemCommand {}

  /// The holder of a lease hands in its outcome.
  record End(Lease lease, StageResult result, Instant at) implements WorkItemCommand {}

  /// The holder of a lease is gone.
  record Lose(Lease lease, String why, Instant at) implements WorkItemCommand {}

  /// A person decides.
  record Decide(Decision decision, Instant at) implements WorkItemCommand {}

  /// Look at the clock: a wait may be over.
  record Wake(Instant at) implements WorkItemCommand {}
}

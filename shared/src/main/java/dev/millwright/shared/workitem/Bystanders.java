package dev.millwright.shared.workitem;

import dev.millwright.shared.workitem.WorkItemState.Known;

/// Who has to know where an item stands; called after the journal has it, must not block or throw.
///
/// What is told here may get lost in a crash: everybody who listens can rebuild what it knows.
public interface Bystanders {
  /// The item came into another state.
  void moved(WorkItemState before, Known now);

  /// The item was read back from the journal, or woken, and stands like this.
  void recovered(Known now);

  /// Whether the process that holds a lease still runs it.
  boolean isAlive(Lease lease);
}

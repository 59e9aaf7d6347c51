package dev.millwright.shared.line;

import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Lease;
import dev.millwright.shared.workitem.WorkItemCommand;
import dev.millwright.shared.workitem.WorkItemEntity.Pulse;
import dev.millwright.shared.workitem.WorkItemEntity.Reply;
import java.util.concurrent.CompletionStage;

/// How the line talks to items, wherever in the cluster they live.
public interface ItemLink {
  /// Completes when the journal has what the item decided; fails when no answer came in time, and
  /// then nobody knows: ask again.
  CompletionStage<Reply> handle(ItemId item, WorkItemCommand command);

  /// Whether a lease is still the item's, and what was said to its holder.
  CompletionStage<Pulse> beat(ItemId item, Lease lease);

  /// Makes the item look at the clock and announce itself.
  void wake(ItemId item);
}

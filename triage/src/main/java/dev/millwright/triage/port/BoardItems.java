package dev.millwright.triage.port;

import dev.millwright.shared.journal.ItemRow;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.workitem.Decision;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Items;
import dev.millwright.shared.workitem.WorkItemState;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/// The factory's items as whoever reads a board needs them. Every call blocks; one that cannot be
/// answered now throws, and whatever was asked may be asked again.
public interface BoardItems {
  /// As the lists have them, a moment behind; what they do not know yet is left out.
  Map<ItemId, ItemRow> rows(Collection<ItemId> ids);

  /// As its single writer has it.
  Optional<WorkItemState.Known> get(ItemId id);

  /// Brings a signal to the item of its key; returns once that is durable.
  ItemId receive(Signal signal);

  Items.Decided decide(ItemId id, Decision decision);
}

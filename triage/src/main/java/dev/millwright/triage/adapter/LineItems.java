package dev.millwright.triage.adapter;

import dev.millwright.shared.journal.ItemRow;
import dev.millwright.shared.journal.JournalViews;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.workitem.Decision;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Items;
import dev.millwright.shared.workitem.WorkItemState;
import dev.millwright.triage.port.BoardItems;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/// The items of the running line, waited for: for virtual threads only.
public record LineItems(Items items, JournalViews views) implements BoardItems {
  @Override
  public Map<ItemId, ItemRow> rows(Collection<ItemId> ids) {
    return views.rows(ids);
  }

  @Override
  public Optional<WorkItemState.Known> get(ItemId id) {
    return items.get(id).toCompletableFuture().join();
  }

  @Override
  public ItemId receive(Signal signal) {
    return items.receive(signal).toCompletableFuture().join().id();
  }

  @Override
  public Items.Decided decide(ItemId id, Decision decision) {
    return items.decide(id, decision).toCompletableFuture().join();
  }
}

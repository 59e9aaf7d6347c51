package dev.millwright.codegen.adapter.gateway;

import dev.millwright.codegen.port.Brief;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Usage;

/// On whose account a model is asked.
///
/// @param attempt the number of the attempt, from the item's lease
/// @param spent what the item has cost before, since a person last decided about it
public record Guest(ItemId item, long attempt, Usage spent) {
  static Guest of(Brief brief) {
    return new Guest(brief.item(), brief.attempt(), brief.spent());
  }
}

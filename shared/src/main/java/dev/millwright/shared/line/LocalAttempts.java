package dev.millwright.shared.line;

import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Lease;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The attempts that run in this process right now: how an item learns that a lease of this process
/// has nobody behind it any more.
///
/// @param holder names this run of this process; never the same twice
public record LocalAttempts(String holder, Map<ItemId, Lease> leases) {
  public static LocalAttempts of(String holder) {
    return new LocalAttempts(holder, new ConcurrentHashMap<>());
  }

  void started(ItemId item, Lease lease) {
    leases.put(item, lease);
  }

  void over(ItemId item, Lease lease) {
    leases.remove(item, lease);
  }

  public boolean runs(Lease lease) {
    return leases.containsValue(lease);
  }
}

package dev.millwright.triage.port;

import dev.millwright.shared.workitem.ItemId;
import dev.millwright.triage.domain.Alike;
import java.util.List;

/// Earlier work of a repository that reads like a piece of new work.
///
/// Everything that was received before an item is known when it is asked for: a call waits, for a
/// bounded time, until the item itself is known. So of two that arrive at the same moment the later
/// one finds the earlier one, and never the other way around. Called on virtual threads, by several
/// at once.
public interface Neighbours {
  /// Nothing is known to be like anything.
  Neighbours NONE = (_, _, _, _) -> List.of();

  /// Open items and those that landed lately, the most alike first; never the item itself, and
  /// never one that was received after it.
  ///
  /// @param repo as triage has routed the item
  List<Alike> of(ItemId item, String repo, String title, String body) throws InterruptedException;
}

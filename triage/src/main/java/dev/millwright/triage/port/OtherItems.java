package dev.millwright.triage.port;

import dev.millwright.shared.signal.SignalKey;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.WorkItemState.Known;
import java.util.Optional;

/// The items that others depend on, as the journal's views have them: a moment late, never ahead.
public interface OtherItems {
  /// Waits, for a bounded time, until the views have come to an item, so that whatever was received
  /// before it can be found.
  void upTo(ItemId item) throws InterruptedException;

  /// The item of a signal's key.
  Optional<Known> of(SignalKey key);
}

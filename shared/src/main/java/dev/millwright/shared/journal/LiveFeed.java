package dev.millwright.shared.journal;

import java.util.function.Consumer;

/// Tells listeners in this process about items that changed, after the journal and the lists have
/// them.
public interface LiveFeed {
  /// Calls back for every change from now on, quickly and in order, until closed. A listener must
  /// not block.
  Subscription listen(Consumer<ItemRow> listener);

  /// Ends a listening.
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}

package dev.millwright.shared.journal;

import dev.millwright.shared.workitem.WorkItemEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lists of items, read from a projection of the journal; a moment behind it, never ahead.
public interface ItemLists {
  /// Newest first; blocks on the database, so call it on a virtual thread.
  Page list(Query query);

  /// What happened to one item, oldest first, empty for an unknown one; blocks.
  List<HistoryEntry> history(String item);

  /// What to list; a `null` field does not filter.
  ///
  /// @param text words that must be in the title or the id
  /// @param limit 1 to 500
  record Query(
      @Nullable String stage,
      @Nullable String status,
      @Nullable String repo,
      @Nullable String label,
      @Nullable String text,
      int limit,
      @Nullable String cursor) {
    public static final Query ALL = new Query(null, null, null, null, null, 50, null);
  }

  /// One page and, when there are more, where the next one starts.
  record Page(List<ItemRow> rows, @Nullable String nextCursor) {
    public Page {
      rows = List.copyOf(rows);
    }
  }

  /// One event of an item's journal.
  ///
  /// @param hash of this event, chained over all before it
  record HistoryEntry(long sequence, String name, WorkItemEvent event, String hash) {}
}

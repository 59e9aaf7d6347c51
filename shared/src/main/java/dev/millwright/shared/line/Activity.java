package dev.millwright.shared.line;

import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the agents of this node do, and did last. Forgotten with the process; a bounded number of
/// items is remembered.
public final class Activity {
  private static final int MOST_ITEMS = 2_000;
  private static final int MOST_EVENTS = 20;
  private static final int MOST_WORDS = 140;

  private final Map<ItemId, Now> items =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ItemId, Now> eldest) {
          return size() > MOST_ITEMS;
        }
      };
  private Optional<String> limits = Optional.empty();

  /// One item's newest attempt that had an agent.
  ///
  /// @param thread the session, empty before there is one
  /// @param session the session with its turn
  /// @param recent the last things that happened, oldest first
  public record Now(
      long generation, String thread, String session, int turns, Usage spent, List<At> recent) {
    public Now {
      recent = List.copyOf(recent);
    }

    private Now with(Instant at, Doing doing) {
      return switch (doing) {
        case Doing.Session(var id) -> new Now(generation, id, id, turns, spent, recent);
        case Doing.Turn(var id) ->
            new Now(generation, thread, id.isEmpty() ? session : id, turns + 1, spent, recent);
        case Doing.Event(var event, var words) ->
            new Now(generation, thread, session, turns, spent, and(new At(at, event, cut(words))));
        case Doing.Spent(var usage) ->
            new Now(generation, thread, session, turns, spent.plus(usage), recent);
        case Doing.Limits _ -> this;
      };
    }

    private List<At> and(At last) {
      var longer = new ArrayList<>(recent);
      longer.add(last);
      return longer.subList(Math.max(0, longer.size() - MOST_EVENTS), longer.size());
    }

    private static String cut(String words) {
      var line = words.replaceAll("\\p{Cntrl}+", " ").strip();
      return line.length() <= MOST_WORDS ? line : line.substring(0, MOST_WORDS - 1) + "…";
    }
  }

  /// Something that happened.
  public record At(Instant at, String event, String words) {}

  public synchronized void take(ItemId item, long generation, Instant at, Doing doing) {
    if (doing instanceof Doing.Limits(var json)) {
      limits = Optional.of(json);
    }
    var known = items.get(item);
    var before =
        known != null && known.generation() == generation
            ? known
            : new Now(generation, "", "", 0, Usage.NONE, List.of());
    items.put(item, before.with(at, doing));
  }

  public synchronized Optional<Now> of(ItemId item) {
    return Optional.ofNullable(items.get(item));
  }

  /// The newest that any provider said about its limits.
  public synchronized Optional<String> limits() {
    return limits;
  }
}

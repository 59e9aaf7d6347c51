package dev.millwright.triage.adapter.folder;

import dev.millwright.shared.http.Excerpt;
import dev.millwright.triage.adapter.folder.TicketFile.Unreadable;
import dev.millwright.triage.domain.Claim;
import dev.millwright.triage.domain.Issue;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Knows which files changed: a look costs one listing, and reads only what has another time or
/// size. Of each file it keeps a hash and the state, not the text.
final class Watch {
  /// A file changed twice within the clock's grain looks unchanged, so one that is this young is
  /// read once more.
  private static final Duration YOUNG = Duration.ofSeconds(2);

  private static final int MOST_SHOWN = 120;
  private static final int MOST_TOLD = 100;

  private final Drawer drawer;
  private final String usualState;
  private final String origin = UUID.randomUUID().toString();
  private Map<String, Known> files = Map.of();
  private long changes;

  /// @param state `null` where it cannot be read
  /// @param wrong why it cannot, else empty
  /// @param change its number among all changes seen
  private record Known(
      Drawer.Stamp stamp,
      Instant readAt,
      String hash,
      @Nullable String state,
      String wrong,
      long change) {
    boolean isStill(Drawer.Stamp now) {
      var modified = now.modified();
      return now.equals(stamp) && (modified == null || modified.plus(YOUNG).isBefore(readAt));
    }
  }

  Watch(Drawer drawer, String usualState) {
    this.drawer = drawer;
    this.usualState = usualState;
  }

  synchronized void look() throws IOException {
    var now = Instant.now();
    var found = new HashMap<String, Known>();
    for (var file : drawer.list().entrySet()) {
      var id = file.getKey();
      var known = files.get(id);
      if (known != null && known.isStill(file.getValue())) {
        found.put(id, known);
      } else {
        read(id, file.getValue(), known, now).ifPresent(it -> found.put(id, it));
      }
    }
    files = Map.copyOf(found);
  }

  private Optional<Known> read(String id, Drawer.Stamp stamp, @Nullable Known before, Instant now)
      throws IOException {
    if (!Drawer.isTicket(id)) {
      var wrong = "its name may have letters, digits and ._- only, 100 at most";
      return Optional.of(new Known(stamp, now, "", null, wrong, 0));
    }
    String hash;
    String state = null;
    var wrong = "";
    try {
      var text = drawer.read(id).map(Drawer.Found::text);
      if (text.isEmpty()) {
        return Optional.empty();
      }
      hash = Claim.hash(text.get());
      state = TicketFile.read(id, text.get(), usualState).state();
    } catch (Unreadable e) {
      hash = "unreadable " + stamp;
      wrong = String.valueOf(e.getMessage());
    } catch (FileSystemException e) {
      hash = "unreadable " + stamp.version();
      wrong = "the file cannot be read";
    }
    var change = before != null && before.hash().equals(hash) ? before.change() : ++changes;
    return Optional.of(new Known(stamp, now, hash, state, wrong, change));
  }

  /// Tickets in one of these states, and those that cannot be read, in the order of their names.
  synchronized List<String> inStates(List<String> states) {
    var wanted = states.stream().map(Issue::folded).toList();
    return files.entrySet().stream()
        .filter(file -> {
          var state = file.getValue().state();
          return state == null || wanted.contains(Issue.folded(state));
        })
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /// Tickets that cannot be read, each with why; a hundred at most.
  synchronized List<String> unreadable() {
    return files.entrySet().stream()
        .filter(file -> file.getValue().state() == null)
        .map(file -> shown(file.getKey()) + ": " + file.getValue().wrong())
        .sorted()
        .limit(MOST_TOLD)
        .toList();
  }

  private static String shown(String id) {
    return Excerpt.of(id.replaceAll("\\p{Cntrl}", " "), MOST_SHOWN);
  }

  synchronized @Nullable String state(String id) {
    var known = files.get(id);
    return known == null ? null : known.state();
  }

  synchronized String mark() {
    return origin + ":" + changes;
  }

  /// What changed after a mark; everything, after somebody else's.
  synchronized List<String> since(String mark) {
    var parts = mark.split(":", 2);
    var after = parts[0].equals(origin) ? Long.parseLong(parts[1]) : -1;
    return files.entrySet().stream()
        .filter(file -> file.getValue().change() > after)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}

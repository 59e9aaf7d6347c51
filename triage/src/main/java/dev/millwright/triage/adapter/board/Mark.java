package dev.millwright.triage.adapter.board;

import dev.millwright.shared.workitem.Sha256;
import dev.millwright.triage.domain.Issue;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How far the changes of a board have been read: the provider's own time of the newest, never
/// ours, and what was read of the last moments before it.
///
/// The next read begins a little earlier, because a provider may show a change later than it dates
/// it, and dates two changes of one second alike. What looks as it did is left out of it, unless
/// that is too much to remember.
///
/// @param seen ids of the last moments, with what they looked like
record Mark(Instant at, Map<String, String> seen) {
  private static final Duration OVERLAP = Duration.ofSeconds(10);
  private static final int MOST_SEEN = 200;

  Mark {
    seen = Map.copyOf(seen);
  }

  /// A mark that cannot be read says that everything may have changed.
  static Mark parse(String written) {
    try {
      var words = written.split(" ", -1);
      var seen = new LinkedHashMap<String, String>();
      for (int i = 1; i + 1 < words.length; i += 2) {
        seen.put(words[i], words[i + 1]);
      }
      return new Mark(Instant.parse(words[0]), seen);
    } catch (DateTimeException _) {
      return new Mark(Instant.EPOCH, Map.of());
    }
  }

  /// Right after these tickets, the newest of all among them; of an empty board: from its
  /// beginning.
  static Mark after(List<Issue> newest) {
    return new Mark(Instant.EPOCH, Map.of()).next(newest);
  }

  /// From when on to ask.
  Instant since() {
    return at.isAfter(Instant.EPOCH.plus(OVERLAP)) ? at.minus(OVERLAP) : Instant.EPOCH;
  }

  /// Those of the read tickets that do not look as they did.
  List<Issue> unseen(List<Issue> read) {
    return read.stream().filter(it -> !look(it).equals(seen.get(it.ref().id()))).toList();
  }

  /// The mark after all since `since` were read.
  Mark next(List<Issue> read) {
    var newest = read.stream().map(Mark::updated).reduce(at, (a, b) -> a.isAfter(b) ? a : b);
    var last = new LinkedHashMap<String, String>();
    for (var issue : read) {
      if (!updated(issue).isBefore(newest.minus(OVERLAP))) {
        last.put(issue.ref().id(), look(issue));
      }
    }
    return new Mark(newest, last.size() > MOST_SEEN ? Map.of() : last);
  }

  private static Instant updated(Issue issue) {
    var updated = issue.times().updatedAt();
    return updated == null ? Instant.EPOCH : updated;
  }

  private static String look(Issue issue) {
    var bytes = issue.toString().getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(Sha256.of(bytes), 0, 8);
  }

  @Override
  public String toString() {
    var written = new StringBuilder(at.toString());
    seen.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(it -> written.append(' ').append(it.getKey()).append(' ').append(it.getValue()));
    return written.toString();
  }
}

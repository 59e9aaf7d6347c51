package dev.millwright.triage.adapter.board;

import java.net.http.HttpHeaders;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Answers that a provider need not send again as long as they are true; the ones asked for longest
/// ago make room.
final class Remembered {
  private final int mostEntries;
  private final long mostBytes;
  private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  Remembered(int mostEntries, long mostBytes) {
    this.mostEntries = mostEntries;
    this.mostBytes = mostBytes;
  }

  synchronized @Nullable Entry of(String target) {
    return entries.get(target);
  }

  synchronized void keep(String target, Entry entry) {
    forget(target);
    if (entry.size() > mostBytes / 4) {
      return;
    }
    entries.put(target, entry);
    bytes += entry.size();
    var oldest = entries.values().iterator();
    while (bytes > mostBytes || entries.size() > mostEntries) {
      bytes -= oldest.next().size();
      oldest.remove();
    }
  }

  synchronized void forget(String target) {
    var old = entries.remove(target);
    if (old != null) {
      bytes -= old.size();
    }
  }

  synchronized long bytes() {
    return bytes;
  }

  /// One answer and the tag to ask with.
  record Entry(String tag, HttpHeaders headers, String body) {
    private static final long OVERHEAD = 1_000;

    long size() {
      return 2L * body.length() + OVERHEAD;
    }
  }
}

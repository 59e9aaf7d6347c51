package dev.millwright.shared.http;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts what was asked and answered, for `/metrics`.
public final class Traffic {
  private final Map<Kind, LongAdder> counts = new ConcurrentHashMap<>();

  /// What is counted apart.
  ///
  /// @param path the declared path, never the one that was sent: the number of kinds stays bounded
  public record Kind(String method, String path, int status) implements Comparable<Kind> {
    @Override
    public int compareTo(Kind other) {
      return toString().compareTo(other.toString());
    }
  }

  void count(Kind kind) {
    counts.computeIfAbsent(kind, _ -> new LongAdder()).increment();
  }

  public Map<Kind, Long> counts() {
    var sorted = new TreeMap<Kind, Long>();
    counts.forEach((kind, count) -> sorted.put(kind, count.sum()));
    return sorted;
  }
}

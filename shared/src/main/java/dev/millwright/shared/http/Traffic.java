package dev.millwright.shared.http;

import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts what was asked and answered, and how long answers took, for `/metrics`.
public final class Traffic {
  private static final double[] BOUNDS_SECONDS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
  };
  private static final double NANOS = 1e9;

  private final Map<Kind, LongAdder> counts = new ConcurrentHashMap<>();
  private final Map<String, Latency> latencies = new ConcurrentSkipListMap<>();

  /// What is counted apart.
  ///
  /// @param path the declared path, never the one that was sent: the number of kinds stays bounded
  public record Kind(String method, String path, int status) implements Comparable<Kind> {
    @Override
    public int compareTo(Kind other) {
      return toString().compareTo(other.toString());
    }
  }

  /// How long the answers of one path took.
  ///
  /// @param within how many took at most so many seconds
  public record Took(SortedMap<Double, Long> within, double seconds, long count) {}

  private static final class Latency {
    private final LongAdder[] buckets = new LongAdder[BOUNDS_SECONDS.length + 1];
    private final LongAdder nanos = new LongAdder();

    Latency() {
      java.util.Arrays.setAll(buckets, _ -> new LongAdder());
    }

    void add(long took) {
      var bucket = 0;
      while (bucket < BOUNDS_SECONDS.length && took > BOUNDS_SECONDS[bucket] * NANOS) {
        bucket++;
      }
      buckets[bucket].increment();
      nanos.add(took);
    }

    Took read() {
      var within = new TreeMap<Double, Long>();
      var count = 0L;
      for (var bucket = 0; bucket < BOUNDS_SECONDS.length; bucket++) {
        count += buckets[bucket].sum();
        within.put(BOUNDS_SECONDS[bucket], count);
      }
      return new Took(within, nanos.sum() / NANOS, count + buckets[BOUNDS_SECONDS.length].sum());
    }
  }

  void count(Kind kind, Duration took) {
    counts.computeIfAbsent(kind, _ -> new LongAdder()).increment();
    latencies.computeIfAbsent(kind.path(), _ -> new Latency()).add(took.toNanos());
  }

  public Map<Kind, Long> counts() {
    var sorted = new TreeMap<Kind, Long>();
    counts.forEach((kind, count) -> sorted.put(kind, count.sum()));
    return sorted;
  }

  /// By declared path; of an event stream, the time until it begins.
  public Map<String, Took> latencies() {
    var sorted = new TreeMap<String, Took>();
    latencies.forEach((path, latency) -> sorted.put(path, latency.read()));
    return sorted;
  }
}

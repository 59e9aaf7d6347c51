package dev.millwright.shared.journal;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Many durations, counted in buckets that are a quarter of a doubling wide: a percentile is right
/// to a tenth of its value, whatever the number of durations.
///
/// @param counts how many per bucket; a bucket holds what is at most `2^(bucket/4)` milliseconds
///   and more than the bucket before it
/// @param millis all of them together
public record Durations(SortedMap<Integer, Long> counts, long millis) {
  public static final Durations NONE = new Durations(new TreeMap<>(), 0);
  private static final double PER_DOUBLING = 4;
  private static final double ROUNDING = 1e-9;

  public Durations {
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
  }

  static int bucket(Duration duration) {
    var doublings = Math.log((double) Math.max(1, duration.toMillis())) / Math.log(2);
    return (int) Math.ceil(PER_DOUBLING * doublings - ROUNDING);
  }

  private static double most(int bucket) {
    return Math.pow(2, bucket / PER_DOUBLING);
  }

  public long count() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /// How many took at most `2^doublings` milliseconds.
  public long within(int doublings) {
    return counts.headMap((int) (doublings * PER_DOUBLING) + 1).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  /// The duration that this share of all does not exceed, `null` when there are none.
  public @Nullable Duration percentile(double share) {
    var rank = Math.max(1, (long) Math.ceil(share * count()));
    for (var bucket : counts.entrySet()) {
      rank -= bucket.getValue();
      if (rank <= 0) {
        return Duration.ofMillis(
            Math.round(Math.sqrt(most(bucket.getKey() - 1) * most(bucket.getKey()))));
      }
    }
    return null;
  }
}

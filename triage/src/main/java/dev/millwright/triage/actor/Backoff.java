package dev.millwright.triage.actor;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How long a board is left alone after a look.
final class Backoff {
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final int MOST_DOUBLINGS = 10;
  private static final double SPREAD = 0.2;

  private Backoff() {}

  /// The usual rest; after failures twice as long each time from the second on, spread so that
  /// several boards of one provider do not come back together. Never sooner than it asked for.
  ///
  /// @param failures in a row
  /// @param chance 0 to 1
  static Duration after(
      Duration every, int failures, @Nullable Duration retryAfter, double chance) {
    if (failures == 0) {
      return every;
    }
    var doubled = every.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
    var longest = every.compareTo(LONGEST) > 0 ? every : LONGEST;
    var rest = doubled.compareTo(longest) > 0 ? longest : doubled;
    var spread = Duration.ofMillis((long) (rest.toMillis() * SPREAD * chance));
    return retryAfter != null && retryAfter.compareTo(rest) > 0
        ? retryAfter.plus(spread)
        : rest.plus(spread);
  }
}

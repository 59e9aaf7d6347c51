package dev.millwright.shared.workitem;

import java.time.Duration;

/// How often an item may try before a person has to look.
///
/// @param failures failed attempts of one stage in a row
/// @param continuations rounds of sending back
/// @param losses attempts of one stage lost to crashes in a row
public record Limits(
    int failures, int continuations, int losses, Duration backoff, Duration longestBackoff) {
  public static final Limits DEFAULT =
      new Limits(5, 5, 10, Duration.ofSeconds(2), Duration.ofMinutes(5));

  /// Doubles with every failure, up to the longest.
  Duration backoffAfter(int failures) {
    var doubled = backoff.multipliedBy(1L << Math.clamp(failures - 1, 0, 20));
    return doubled.compareTo(longestBackoff) < 0 ? doubled : longestBackoff;
  }
}

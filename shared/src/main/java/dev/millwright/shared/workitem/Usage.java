package dev.millwright.shared.workitem;

import java.time.Duration;

/// What work has cost so far.
public record Usage(long inputTokens, long outputTokens, long microDollars, Duration time) {
  public static final Usage NONE = new Usage(0, 0, 0, Duration.ZERO);

  public static Usage of(Duration time) {
    return new Usage(0, 0, 0, time);
  }

  /// The same, taking as long as somebody else measured.
  public Usage taking(Duration measured) {
    return new Usage(inputTokens, outputTokens, microDollars, measured);
  }

  public Usage plus(Usage more) {
    return new Usage(
        inputTokens + more.inputTokens,
        outputTokens + more.outputTokens,
        microDollars + more.microDollars,
        time.plus(more.time));
  }

  /// What came on top of an earlier count.
  public Usage minus(Usage earlier) {
    return new Usage(
        inputTokens - earlier.inputTokens,
        outputTokens - earlier.outputTokens,
        microDollars - earlier.microDollars,
        time.minus(earlier.time));
  }
}

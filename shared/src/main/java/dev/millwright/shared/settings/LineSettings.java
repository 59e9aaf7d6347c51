package dev.millwright.shared.settings;

import dev.millwright.shared.workitem.Stage;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// How much happens at the same time.
///
/// @param capacity the attempts each stage runs
/// @param signals the signals that may wait for the journal; further ones are told to come again
/// @param longestPause the longest pause between two attempts that failed
public record LineSettings(Map<Stage, Integer> capacity, int signals, Duration longestPause) {
  private static final Duration USUAL_PAUSE = Duration.ofMinutes(10);

  public static final LineSettings DEFAULT =
      new LineSettings(
          Map.of(
              Stage.TRIAGE, 8,
              Stage.CODEGEN, 4,
              Stage.VALIDATION, 2,
              Stage.RELEASE, 4,
              Stage.DOCUMENTATION, 2,
              Stage.MONITORING, 4),
          256);

  public LineSettings(Map<Stage, Integer> capacity, int signals) {
    this(capacity, signals, USUAL_PAUSE);
  }

  public LineSettings {
    var ordered = new EnumMap<Stage, Integer>(Stage.class);
    for (var stage : Stage.values()) {
      var slots = capacity.get(stage);
      if (slots == null || slots < 1) {
        throw new IllegalArgumentException("line." + stage.wire() + " must be at least 1");
      }
      ordered.put(stage, slots);
    }
    capacity = Map.copyOf(ordered);
    if (signals < 1) {
      throw new IllegalArgumentException("line.signals must be at least 1, got " + signals);
    }
    if (!longestPause.isPositive()) {
      throw new IllegalArgumentException("line.max_retry_backoff must be more than nothing");
    }
  }

  public int of(Stage stage) {
    return Objects.requireNonNull(capacity.get(stage));
  }
}

package dev.millwright.shared.settings;

import dev.millwright.shared.workitem.Stage;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// How many attempts each stage runs at the same time.
public record LineSettings(Map<Stage, Integer> capacity) {
  public static final LineSettings DEFAULT =
      new LineSettings(
          Map.of(
              Stage.TRIAGE, 8,
              Stage.CODEGEN, 4,
              Stage.VALIDATION, 2,
              Stage.RELEASE, 4,
              Stage.DOCUMENTATION, 2,
              Stage.MONITORING, 4));

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
  }

  public int of(Stage stage) {
    return Objects.requireNonNull(capacity.get(stage));
  }
}

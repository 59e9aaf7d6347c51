package dev.millwright.shared.settings;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Where work comes from, besides people who bring it.
public record IntakeSettings(Map<String, BoardSettings> boards) {
  public static final IntakeSettings NONE = new IntakeSettings(Map.of());

  public IntakeSettings {
    boards = Collections.unmodifiableMap(new LinkedHashMap<>(boards));
  }
}

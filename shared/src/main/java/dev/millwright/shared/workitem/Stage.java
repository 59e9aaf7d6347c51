package dev.millwright.shared.workitem;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The six stages in the order an item travels.
public enum Stage {
  TRIAGE,
  CODEGEN,
  VALIDATION,
  RELEASE,
  DOCUMENTATION,
  MONITORING;

  /// The stage after this one, empty after the last.
  public Optional<Stage> next() {
    return ordinal() + 1 < values().length
        ? Optional.of(values()[ordinal() + 1])
        : Optional.empty();
  }

  /// The name used in the API, the journal and the configuration.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Stage> parse(String wire) {
    return Arrays.stream(values()).filter(stage -> stage.wire().equals(wire)).findFirst();
  }
}

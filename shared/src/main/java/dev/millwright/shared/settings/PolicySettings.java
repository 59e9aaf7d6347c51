package dev.millwright.shared.settings;

import java.time.Duration;
import java.util.List;

/// The server's policy; a repository may narrow it, never widen it.
///
/// @param attempts rounds of codegen an item may take before a person has to look
/// @param itemTime the time one attempt may take
public record PolicySettings(
    Autonomy autonomy,
    List<String> deny,
    int maxFiles,
    int maxLines,
    int attempts,
    Duration itemTime,
    AftercareSettings aftercare) {
  public PolicySettings {
    deny = List.copyOf(deny);
  }

  /// How far the factory may go by itself.
  public enum Autonomy {
    REPORT,
    PROPOSE,
    REVIEW,
    LAND_LOW_RISK
  }

  /// How a landed change is watched: a command or an http(s) address, for a window.
  public record AftercareSettings(String probe, Duration window, Duration every) {
    public static final AftercareSettings NONE =
        new AftercareSettings("", Duration.ZERO, Duration.ofSeconds(30));
  }

  public static final PolicySettings DEFAULT =
      new PolicySettings(
          Autonomy.REVIEW,
          List.of(".github/**", "**/*secret*"),
          40,
          2000,
          5,
          Duration.ofMinutes(90),
          AftercareSettings.NONE);
}

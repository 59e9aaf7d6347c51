package dev.millwright.shared.settings;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A rule about what arrives by webhooks: when it is work, and what work.
///
/// @param on `SOURCE/EVENT`, either of them `*` for any
/// @param when a CEL expression that must be true
public record TriggerSettings(String name, String on, String when, Work work, Limit limit) {

  /// What becomes of it; `null` where it is as it arrived.
  ///
  /// @param title a CEL expression that gives it
  /// @param body the same
  public record Work(
      @Nullable String repo,
      @Nullable String agent,
      @Nullable String kind,
      List<String> labels,
      @Nullable Integer priority,
      @Nullable String title,
      @Nullable String body) {
    public static final Work AS_IT_IS = new Work(null, null, null, List.of(), null, null, null);

    public Work {
      labels = List.copyOf(labels);
    }
  }

  /// How often it may make work; 0 for as often as it likes.
  public record Limit(int most, Duration window) {
    public static final Limit NONE = new Limit(0, Duration.ofHours(1));
  }
}

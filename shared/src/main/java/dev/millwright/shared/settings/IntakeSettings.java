package dev.millwright.shared.settings;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where work comes from, besides people who bring it.
///
/// @param triggers the rules about what webhooks bring; none are the usual ones
public record IntakeSettings(
    Map<String, BoardSettings> boards,
    Map<String, WebhookSettings> webhooks,
    List<TriggerSettings> triggers) {
  public static final IntakeSettings NONE = new IntakeSettings(Map.of());

  public IntakeSettings {
    boards = Collections.unmodifiableMap(new LinkedHashMap<>(boards));
    webhooks = Collections.unmodifiableMap(new LinkedHashMap<>(webhooks));
    triggers = List.copyOf(triggers);
  }

  /// Boards alone.
  public IntakeSettings(Map<String, BoardSettings> boards) {
    this(boards, Map.of(), List.of());
  }

  IntakeSettings with(Map<String, WebhookSettings> newWebhooks, List<TriggerSettings> newRules) {
    return new IntakeSettings(boards, newWebhooks, newRules);
  }
}

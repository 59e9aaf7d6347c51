package dev.millwright.shared.settings;

import java.util.List;

/// One agent the factory may give work to.
///
/// @param kind `recipes`, `command`, `codex`, `claude` or `acp`
/// @param command what to run, empty for `recipes`
/// @param models what it may use, the first that answers is taken; empty for an agent without one
public record AgentSettings(String name, String kind, String command, List<ModelSettings> models) {
  public AgentSettings {
    models = List.copyOf(models);
  }

  public AgentSettings(String name, String kind, String command) {
    this(name, kind, command, List.of());
  }
}

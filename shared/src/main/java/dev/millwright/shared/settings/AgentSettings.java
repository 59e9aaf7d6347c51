package dev.millwright.shared.settings;

/// One agent the factory may give work to.
///
/// @param kind `recipes` or `command`
/// @param command what to run, empty for `recipes`
public record AgentSettings(String name, String kind, String command) {}

package dev.millwright.shared.settings;

import java.time.Duration;
import java.util.List;

/// One agent the factory may give work to.
///
/// @param kind `recipes`, `command`, `codex`, `claude`, `acp` or `best-of`
/// @param command what to run, empty for `recipes` and `best-of`
/// @param entrants for `best-of`, the agents that do the same work at the same time, with repeats
/// @param models what it may use, the first that answers is taken; empty for an agent without one
/// @param maxTurns the most turns of one attempt
/// @param patience how long it is waited for
public record AgentSettings(
    String name,
    String kind,
    String command,
    List<ModelSettings> models,
    List<String> entrants,
    int maxTurns,
    Patience patience) {
  public static final int MOST_ENTRANTS = 8;

  /// Turns it gets where nobody says how many.
  public static final int USUAL_TURNS = 5;

  /// How long an agent with sessions is waited for.
  ///
  /// @param start for its program to start and to open a session
  /// @param turn for another word of its own in a turn, whatever its model does meanwhile
  /// @param stall for a word of its own or of its model; nothing is no limit
  public record Patience(Duration start, Duration turn, Duration stall) {
    public static final Patience USUAL =
        new Patience(Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofMinutes(5));
  }

  public AgentSettings {
    models = List.copyOf(models);
    entrants = List.copyOf(entrants);
  }

  public AgentSettings(String name, String kind, String command, List<ModelSettings> models) {
    this(name, kind, command, models, List.of(), USUAL_TURNS, Patience.USUAL);
  }

  public AgentSettings(String name, String kind, String command) {
    this(name, kind, command, List.of());
  }
}

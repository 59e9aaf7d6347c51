package dev.millwright.triage.adapter.board;

import dev.millwright.shared.settings.BoardSettings;
import dev.millwright.shared.settings.BoardSettings.Pace;
import dev.millwright.shared.settings.BoardSettings.Selection;
import dev.millwright.shared.settings.BoardSettings.WriteBack;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Settings of boards.
final class Given {
  private Given() {}

  static BoardSettings settings(
      String kind, Map<String, Object> provider, List<String> active, List<String> terminal) {
    return new BoardSettings(
        "backlog",
        kind,
        "orders",
        provider,
        new Selection(active, terminal, List.of()),
        new Pace(Duration.ofSeconds(30), 10, Map.of()),
        WriteBack.NOTHING);
  }
}

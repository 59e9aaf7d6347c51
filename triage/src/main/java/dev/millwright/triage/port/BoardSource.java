package dev.millwright.triage.port;

import dev.millwright.shared.settings.BoardSettings;
import dev.millwright.shared.settings.IntakeSettings;
import java.util.List;

/// The boards as the settings name them now. Asked anew for each look, so that a reload counts from
/// the next one on.
public interface BoardSource {
  /// All of them; another value after a reload that changed one.
  IntakeSettings settings();

  /// Their names, in the order of the settings.
  default List<String> names() {
    return List.copyOf(settings().boards().keySet());
  }

  /// What stands behind a name; blocks no longer than reading a secret does.
  Opened open(String name);

  /// What came of opening.
  sealed interface Opened {
    /// It can be used.
    record Ready(BoardSettings settings, Board board) implements Opened {}

    /// Its settings as they are now cannot be used, those from before can: what runs is looked
    /// after, nothing new is started.
    record HeldBack(BoardSettings settings, Board board, Board.Fault why) implements Opened {}

    /// It never could be used.
    record Unusable(BoardSettings settings, Board.Fault why) implements Opened {}

    /// No board has this name.
    record Unknown() implements Opened {}
  }
}

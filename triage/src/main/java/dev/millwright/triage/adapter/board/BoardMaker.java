package dev.millwright.triage.adapter.board;

import dev.millwright.shared.settings.BoardSettings;
import dev.millwright.triage.port.Board.Fault.Category;
import dev.millwright.triage.port.MadeBoard;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Makes the board that the settings name. Made again after every change of the settings; work that
/// began with the old one keeps it.
public final class BoardMaker {
  private static final Map<String, Kind> KINDS =
      Map.of(
          "asana", AsanaBoard::make,
          "github", GithubBoard::make,
          "gitlab", GitlabBoard::make,
          "jira", JiraBoard::make,
          "linear", LinearBoard::make);

  private final BoardNetwork network;
  private final Map<String, String> environment;

  /// @param environment where `$NAME` is looked up
  public BoardMaker(BoardNetwork network, Map<String, String> environment) {
    this.network = network;
    this.environment = Map.copyOf(environment);
  }

  /// A board of the kind its settings name.
  public MadeBoard make(BoardSettings settings) {
    var kind = KINDS.get(settings.kind());
    return kind == null ? unsupported(settings) : kind.make(settings, environment, network);
  }

  private static MadeBoard unsupported(BoardSettings settings) {
    var what =
        settings.kind().isBlank() ? "it is missing" : "'" + settings.kind() + "' is not supported";
    var fix = "write one of " + String.join(", ", new TreeSet<>(KINDS.keySet()));
    var code = "unsupported_tracker_kind";
    return new MadeBoard.Unusable(
        List.of(new MadeBoard.Wrong(Category.CONFIG, code, "kind", what, fix)));
  }

  /// How the boards of one kind are made.
  @FunctionalInterface
  interface Kind {
    MadeBoard make(BoardSettings settings, Map<String, String> environment, BoardNetwork network);
  }
}

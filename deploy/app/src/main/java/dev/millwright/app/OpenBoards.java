package dev.millwright.app;

import dev.millwright.shared.settings.BoardSettings;
import dev.millwright.shared.settings.IntakeSettings;
import dev.millwright.triage.port.Board;
import dev.millwright.triage.port.BoardSource;
import dev.millwright.triage.port.MadeBoard;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The boards as the settings name them now: each opened once for as long as its settings stay the
/// same, and the last that could be opened kept when new settings cannot be.
final class OpenBoards implements BoardSource {
  private final Supplier<IntakeSettings> settings;
  private final Supplier<List<String>> wrong;
  private final Function<BoardSettings, MadeBoard> opening;
  private final Map<String, Opened> opened = new HashMap<>();

  /// @param wrong why the settings as they are written now are not in force; empty when they are
  /// @param opening which adapter stands behind a kind; asked again as long as it fails
  OpenBoards(
      Supplier<IntakeSettings> settings,
      Supplier<List<String>> wrong,
      Function<BoardSettings, MadeBoard> opening) {
    this.settings = settings;
    this.wrong = wrong;
    this.opening = opening;
  }

  @Override
  public IntakeSettings settings() {
    return settings.get();
  }

  /// Whoever edits the settings may be about to say that less should happen: until what they wrote
  /// can be used, nothing new is started.
  @Override
  public Opened open(String name) {
    var now = opened(name);
    var why = wrong.get();
    return now instanceof Opened.Ready(var known, var board) && !why.isEmpty()
        ? new Opened.HeldBack(
            known,
            board,
            new Board.Fault(Board.Fault.Category.CONFIG, "invalid_settings", why.getFirst(), null))
        : now;
  }

  private synchronized Opened opened(String name) {
    var wanted = settings.get().boards().get(name);
    if (wanted == null) {
      opened.remove(name);
      return new Opened.Unknown();
    }
    var before = opened.get(name);
    if (before instanceof Opened.Ready(var known, _) && known.equals(wanted)) {
      return before;
    }
    var now = now(wanted, before);
    opened.put(name, now);
    return now;
  }

  private Opened now(BoardSettings wanted, @Nullable Opened before) {
    return switch (opening.apply(wanted)) {
      case MadeBoard.Ready(var board) -> new Opened.Ready(wanted, board);
      case MadeBoard.Unusable unusable -> {
        var why = unusable.fault();
        yield switch (before) {
          case Opened.Ready(var known, var board) -> new Opened.HeldBack(known, board, why);
          case Opened.HeldBack(var known, var board, _) -> new Opened.HeldBack(known, board, why);
          case Opened.Unusable _, Opened.Unknown _ -> new Opened.Unusable(wanted, why);
          case null -> new Opened.Unusable(wanted, why);
        };
      }
    };
  }
}

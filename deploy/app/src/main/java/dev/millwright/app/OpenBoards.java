package dev.millwright.app;

import dev.millwright.shared.settings.BoardSettings;
import dev.millwright.shared.settings.IntakeSettings;
import dev.millwright.triage.port.Board;
import dev.millwright.triage.port.BoardSource;
import dev.millwright.triage.port.MadeBoard;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The boards as the settings name them now: each opened once for as long as its settings and what
/// it stands on stay the same, and the last that could be opened kept when new settings cannot be.
final class OpenBoards implements BoardSource {
  /// Which adapter stands behind a kind.
  interface Opening {
    /// Asked again as long as it fails.
    MadeBoard make(BoardSettings board);

    /// What a board stands on besides its own settings; once that is another, it is made anew.
    default Object ground(BoardSettings board) {
      return Optional.empty();
    }
  }

  private record Standing(Object ground, Opened opened) {}

  private final Supplier<IntakeSettings> settings;
  private final Supplier<List<String>> wrong;
  private final Opening opening;
  private final Map<String, Standing> standing = new HashMap<>();

  /// @param wrong why the settings as they are written now are not in force; empty when they are
  OpenBoards(Supplier<IntakeSettings> settings, Supplier<List<String>> wrong, Opening opening) {
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
      standing.remove(name);
      return new Opened.Unknown();
    }
    // Asked before it is made: a reload in between makes it once more, never too seldom.
    var ground = opening.ground(wanted);
    var last = standing.get(name);
    var before = last == null ? null : last.opened();
    if (last != null
        && last.ground().equals(ground)
        && before instanceof Opened.Ready(var known, _)
        && known.equals(wanted)) {
      return before;
    }
    var now = now(wanted, before);
    standing.put(name, new Standing(ground, now));
    return now;
  }

  private Opened now(BoardSettings wanted, @Nullable Opened before) {
    return switch (opening.make(wanted)) {
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

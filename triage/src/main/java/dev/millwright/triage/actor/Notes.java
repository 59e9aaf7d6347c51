package dev.millwright.triage.actor;

import dev.millwright.triage.domain.Issue;
import dev.millwright.triage.port.Board;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one look at a board leaves for the next. All of it can be lost: the next look then reads
/// the board whole.
///
/// @param board the one that was read; another one is read whole
/// @param mark what to ask for changes with
/// @param wholeAt when the board was last read whole
/// @param open tickets in an active state that are nobody's yet, without their descriptions
/// @param mute what could not be written, by ticket and deed, and until when it is left alone
record Notes(
    @Nullable Board board,
    String mark,
    Instant wholeAt,
    Map<String, Issue> open,
    Map<String, Mute> mute) {
  static final Notes NONE = new Notes(null, "", Instant.EPOCH, Map.of(), Map.of());

  Notes {
    open = Map.copyOf(open);
    mute = Map.copyOf(mute);
  }

  /// Something that is not tried again before a time, and why.
  record Mute(Instant until, Board.Fault why) {}

  Notes muted(Map<String, Mute> now) {
    return new Notes(board, mark, wholeAt, open, now);
  }
}

package dev.millwright.triage.actor;

import dev.millwright.shared.settings.BoardSettings;
import dev.millwright.triage.domain.Issue;
import dev.millwright.triage.port.Board;
import dev.millwright.triage.port.BoardSource.Opened;
import dev.millwright.triage.port.Boards;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One look at a board: what is held is reconciled first and what people say on it is heard, then
/// new work is started, then what became of it is written on the tickets. Plain sequential code
/// that blocks, for a virtual thread; it may end anywhere, and the next look goes on.
final class Look {
  private final Ground ground;
  private final BoardSettings settings;
  private final Board board;
  private final Board.@Nullable Fault heldBack;

  private Look(Ground ground, BoardSettings settings, Board board, Board.@Nullable Fault heldBack) {
    this.ground = ground;
    this.settings = settings;
    this.board = board;
    this.heldBack = heldBack;
  }

  /// What a look leaves behind.
  ///
  /// @param settings of the board, `null` when there is none of this name
  record Result(
      Notes notes,
      @Nullable BoardSettings settings,
      Board.@Nullable Fault fault,
      Boards.Stock stock,
      List<String> unreadable,
      Board.Reach reach) {
    static Result blind(
        Notes notes, @Nullable BoardSettings settings, Board.@Nullable Fault fault) {
      return new Result(notes, settings, fault, Boards.Stock.NONE, List.of(), Board.Reach.FREELY);
    }
  }

  static Result at(Ground ground, String name, Notes notes) {
    return switch (ground.boards().open(name)) {
      case Opened.Ready(var settings, var board) ->
          new Look(ground, settings, board, null).look(notes);
      case Opened.HeldBack(var settings, var board, var why) ->
          new Look(ground, settings, board, why).look(notes);
      case Opened.Unusable(var settings, var why) -> Result.blind(Notes.NONE, settings, why);
      case Opened.Unknown _ -> Result.blind(Notes.NONE, null, null);
    };
  }

  private Result look(Notes before) {
    var holdings = new Holdings(ground, settings.name());
    var notes = before;
    try {
      notes = read(before, holdings);
    } catch (BoardFault e) {
      return result(notes, holdings, e.fault());
    }
    var scribe = new Scribe(ground, settings, board, holdings, notes);
    try {
      scribe.write();
      var wrong = heldBack == null ? scribe.wrong() : heldBack;
      return result(notes.muted(scribe.mute()), holdings, wrong);
    } catch (BoardFault e) {
      return result(notes.muted(scribe.mute()), holdings, e.fault());
    }
  }

  private Result result(Notes notes, Holdings holdings, Board.@Nullable Fault fault) {
    var rules = Reconciler.rules(settings, board);
    var open = notes.open().values();
    var ready = open.stream().filter(issue -> rules.whyNot(issue).isEmpty()).count();
    var stock = new Boards.Stock(open.size(), (int) ready, holdings.held());
    return new Result(notes, settings, fault, stock, board.unreadable(), board.reach());
  }

  private Notes read(Notes notes, Holdings holdings) throws BoardFault {
    var now = ground.clock().instant();
    var whole =
        !board.equals(notes.board()) || !now.isBefore(notes.wholeAt().plus(ground.wholeEvery()));
    var news = whole ? News.whole(board, holdings.all()) : News.changes(board, notes);
    new Reconciler(ground, settings, board, holdings).reconcile(news);
    new Listener(ground, settings, board, holdings).listen(news);
    var open = new HashMap<String, Issue>(whole ? Map.of() : notes.open());
    for (var issue : news.issues().values()) {
      if (isActive(issue.state())) {
        open.put(issue.ref().id(), brief(issue));
      } else {
        open.remove(issue.ref().id());
      }
    }
    open.keySet().removeIf(holdings::isHeld);
    if (heldBack == null) {
      var starter = new Starter(ground, settings, board, holdings);
      starter.finish();
      starter.start(open);
    }
    return new Notes(board, news.mark(), whole ? now : notes.wholeAt(), open, notes.mute());
  }

  private boolean isActive(String state) {
    return Reconciler.rules(settings, board).isActive(state);
  }

  /// A ticket is read again before it starts, so only what decides about it is remembered.
  static Issue brief(Issue issue) {
    var words = issue.words();
    return new Issue(
        new Issue.Ref(issue.ref().id(), issue.ref().identifier(), null, Map.of()),
        new Issue.Words(words.title(), "", words.labels(), null),
        issue.state(),
        issue.priority(),
        issue.standing(),
        issue.times());
  }
}

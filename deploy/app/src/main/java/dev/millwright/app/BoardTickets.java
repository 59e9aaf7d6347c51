package dev.millwright.app;

import dev.millwright.codegen.port.Tickets;
import dev.millwright.shared.settings.BoardSettings;
import dev.millwright.shared.signal.Signal;
import dev.millwright.triage.domain.Dispatching;
import dev.millwright.triage.domain.Issue;
import dev.millwright.triage.port.Board;
import dev.millwright.triage.port.BoardLedger;
import dev.millwright.triage.port.BoardSource;
import dev.millwright.triage.port.BoardSource.Opened;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Stream;

/// Codegen's way to the ticket an item came from. Only a signal that a board itself made leads to
/// one: whoever sends facts of his own could name anybody's ticket.
record BoardTickets(BoardSource boards, BoardLedger ledger) implements Tickets {
  private static final String MADE_BY_BOARD = "board:";

  @Override
  public Optional<Ticket> of(Signal signal) {
    var name = signal.facts().get("board");
    var id = signal.facts().get("ticket");
    if (name == null || id == null || !signal.source().equals(MADE_BY_BOARD + name)) {
      return Optional.empty();
    }
    return switch (boards.open(name)) {
      case Opened.Ready(var settings, var board) -> Optional.of(one(settings, board, id));
      case Opened.HeldBack(var settings, var board, _) -> Optional.of(one(settings, board, id));
      case Opened.Unusable _, Opened.Unknown _ -> Optional.empty();
    };
  }

  private Ticket one(BoardSettings settings, Board board, String id) {
    return new One(settings, board, id, ledger);
  }

  private record One(BoardSettings settings, Board board, String id, BoardLedger ledger)
      implements Ticket {
    @Override
    public List<String> states() {
      return own().filter(rules()::isActive).toList();
    }

    /// The states the factory itself moves a ticket to.
    private Stream<String> own() {
      var back = settings.writeBack();
      return Stream.of(back.started(), back.review(), back.done()).filter(it -> !it.isBlank());
    }

    /// Where an agent put it.
    private Stream<String> asked() {
      return ledger.claims(settings.name()).stream()
          .filter(claim -> claim.ticket().id().equals(id))
          .map(claim -> claim.written().asked())
          .filter(state -> !state.isBlank());
    }

    private Dispatching rules() {
      return new Dispatching(
          board.activeStates(), board.terminalStates(), settings.selection().requiredLabels());
    }

    @Override
    public Answer read() {
      return switch (board.withIds(List.of(id))) {
        case Board.Answer.Got(var found) when found.isEmpty() ->
            new Answer.Failed("it cannot be seen on the board any more");
        case Board.Answer.Got(var found) -> new Answer.Done(words(found.getFirst()));
        case Board.Answer.Failed(var fault) -> new Answer.Failed(fault.reason());
      };
    }

    private static String words(Issue issue) {
      var text = new StringJoiner("\n");
      text.add(issue.ref().identifier() + ": " + issue.words().title());
      text.add("State: " + issue.state());
      if (!issue.words().labels().isEmpty()) {
        text.add("Labels: " + String.join(", ", issue.words().labels()));
      }
      if (issue.ref().url() != null) {
        text.add("Address: " + issue.ref().url());
      }
      return text.add("").add(issue.words().description()).toString();
    }

    /// Noted before it is done, so that no look takes it for a person's move.
    @Override
    public Answer move(String state) {
      ledger.asked(settings.name(), id, state);
      return done(board.move(id, state), "The ticket is in state " + state + ".");
    }

    @Override
    public Answer link(String title, URI address) {
      return done(board.link(id, title, address), "The link is on the ticket.");
    }

    private static Answer done(Board.Answer<Board.Done> answer, String words) {
      return switch (answer) {
        case Board.Answer.Got<Board.Done> _ -> new Answer.Done(words);
        case Board.Answer.Failed<Board.Done>(var fault) -> new Answer.Failed(fault.reason());
      };
    }

    /// Where the factory itself moved it, or an agent did, it is still work.
    @Override
    public Standing standing() {
      return switch (board.withIds(List.of(id))) {
        case Board.Answer.Got(var found) when found.isEmpty() ->
            new Standing.Over("the ticket cannot be seen on its board any more");
        case Board.Answer.Got(var found) -> standing(found.getFirst());
        case Board.Answer.Failed(var fault) -> new Standing.Unknown(fault.reason());
      };
    }

    private Standing standing(Issue issue) {
      return Stream.concat(own(), asked()).anyMatch(state -> issue.isIn(List.of(state)))
          ? new Standing.Active()
          : rules()
              .whyNot(issue)
              .<Standing>map(why -> new Standing.Over("the ticket is no work any more: " + why))
              .orElseGet(Standing.Active::new);
    }
  }
}

package dev.millwright.codegen.port;

import dev.millwright.shared.signal.Signal;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// The ticket a piece of work came from, on whichever board that is. Nobody else's ticket can be
/// reached through it.
///
/// Calls block; what goes wrong outside is a value. Moves and links said again change nothing.
@FunctionalInterface
public interface Tickets {
  /// Nothing comes from a board.
  Tickets NONE = _ -> Optional.empty();

  /// Empty for work that came from no board, or from one that is not there any more.
  Optional<Ticket> of(Signal signal);

  /// One ticket.
  interface Ticket {
    /// The states an agent may move it to, whatever else policy allows: those the factory moves it
    /// to itself and in which it is still work.
    List<String> states();

    /// What it says now, in a stranger's words.
    Answer read();

    Answer move(String state);

    Answer link(String title, URI address);

    /// Whether it is still work.
    Standing standing();
  }

  /// What came of asking.
  sealed interface Answer {
    record Done(String words) implements Answer {}

    /// It was not done.
    ///
    /// @param reason without secrets
    record Failed(String reason) implements Answer {}
  }

  /// Whether work on a ticket should go on.
  sealed interface Standing {
    record Active() implements Standing {}

    record Over(String why) implements Standing {}

    /// Its board does not say.
    record Unknown(String why) implements Standing {}
  }
}

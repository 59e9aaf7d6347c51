package dev.millwright.codegen.domain;

import dev.millwright.shared.workitem.Decision;
import java.util.List;

/// Whether an agent is spoken to again in the same session, and what it is told.
public final class Continuation {
  private static final String NOTHING_CHANGED =
      """
      You ended your turn, and no file has changed. One of these is true; act on it:
      - The task is not done: do it now.
      - Nothing has to change: change nothing, and say why in one paragraph.
      - You cannot decide something: ask one concrete question and end your turn.
      """;

  private Continuation() {}

  /// How a turn ended that did not fail.
  public enum End {
    DONE,
    NOTHING_TO_DO,
    ASKS,
    BROKE_OFF
  }

  /// What is known after a turn.
  ///
  /// @param turns how many there were in this attempt
  /// @param unheard what people said that the agent has not heard, oldest first
  /// @param idle whether it could still be asked why it changed nothing: it remembers what it was
  ///   told, nothing has changed, and it was not asked before
  public record Turn(End end, int turns, List<Decision> unheard, boolean idle) {
    public Turn {
      unheard = List.copyOf(unheard);
    }
  }

  /// What follows a turn.
  public sealed interface Next {
    /// The conversation is over.
    record Enough() implements Next {}

    /// Another turn.
    ///
    /// @param why for the transcript
    record Again(String why, String news) implements Next {}
  }

  /// Decides.
  ///
  /// @param most as many turns one attempt may take; what is still unsaid then opens the next one
  public static Next next(Turn turn, int most) {
    if (turn.turns() >= most) {
      return new Next.Enough();
    }
    if (!turn.unheard().isEmpty()) {
      return new Next.Again("somebody said something", Prompt.said(turn.unheard()));
    }
    return switch (turn.end()) {
      case BROKE_OFF -> new Next.Again("the turn broke off", goOn(turn.turns() + 1, most));
      case DONE ->
          turn.idle() ? new Next.Again("nothing has changed", NOTHING_CHANGED) : new Next.Enough();
      case NOTHING_TO_DO, ASKS -> new Next.Enough();
    };
  }

  private static String goOn(int turn, int most) {
    return """
    Your last turn stopped at a limit before it was done, and this is turn %d of at most %d. \
    The files are as you left them: look at them, go on where you stopped, and finish.
    """
        .formatted(turn, most);
  }
}

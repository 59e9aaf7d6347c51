package dev.millwright.shared.workitem;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Where an event takes its item. Decided once, written into the event, never derived again: a
/// later version of the rules reads an old journal and comes to the same state.
public sealed interface Next {
  /// Queue for a stage, not before a time.
  record Queue(Stage stage, Instant notBefore) implements Next {}

  /// Wait at a stage.
  record Wait(Stage stage, WaitingOn on, String reason, @Nullable Instant until) implements Next {}

  /// The journey is over.
  record Finish(Stage stage, WorkItemState.Result result, String reason) implements Next {}

  /// Nothing moves.
  record Stay() implements Next {}
}

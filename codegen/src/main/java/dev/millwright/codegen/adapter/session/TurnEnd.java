package dev.millwright.codegen.adapter.session;

import dev.millwright.shared.workitem.FailureKind;

/// How a turn ended, by the agent's own word; the gateway and git know better.
sealed interface TurnEnd {
  /// It says it is done.
  record Completed(String lastWords) implements TurnEnd {}

  /// It was told to stop, and did.
  record Interrupted() implements TurnEnd {}

  /// It asked a person something, and stopped.
  record Asks(String question) implements TurnEnd {}

  /// It stopped at a limit of its own; the session can go on.
  record BrokeOff(String reason) implements TurnEnd {}

  /// It says what went wrong.
  record Failed(FailureKind kind, String reason) implements TurnEnd {}
}

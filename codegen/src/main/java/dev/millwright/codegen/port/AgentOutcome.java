package dev.millwright.codegen.port;

import dev.millwright.shared.workitem.FailureKind;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a turn ended, by the agent's protocol; git has the last word on what changed.
public sealed interface AgentOutcome {
  /// It says it is done.
  record Done(String summary) implements AgentOutcome {}

  /// It says there is nothing to do, and why.
  record NothingToDo(String reason) implements AgentOutcome {}

  /// It cannot go on without an answer.
  record Asks(String question) implements AgentOutcome {}

  /// It stopped at a limit of its own in the middle of the work; another turn can go on.
  record BrokeOff(String reason) implements AgentOutcome {}

  /// Nobody wants it to go on: its ticket is no work any more.
  record CalledOff(String reason) implements AgentOutcome {}

  /// It did not get there.
  ///
  /// @param notBefore how long to leave it alone, where the provider said so
  record Failed(FailureKind kind, String reason, @Nullable Duration notBefore)
      implements AgentOutcome {
    public Optional<Duration> after() {
      return Optional.ofNullable(notBefore);
    }
  }

  static Failed failed(FailureKind kind, String reason) {
    return new Failed(kind, reason, null);
  }
}

package dev.millwright.codegen.adapter;

import dev.millwright.codegen.port.AgentOutcome;
import dev.millwright.shared.workitem.FailureKind;
import dev.millwright.shared.workspace.Exit;

/// What the end of an agent's process means.
///
/// @param broken what a non-zero exit code of this agent means
record Endings(String agent, FailureKind broken) {
  /// What a shell ends with where a command may not be run, or is not there.
  private static final int NOT_RUNNABLE = 126;

  private static final int NOT_FOUND = 127;

  /// A shell and the sandbox add a signal's number to this.
  private static final int SIGNALLED = 128;

  private static final int SIGNALS = 64;

  /// The exit code has the last word over what the program said about itself, except that a program
  /// which says it failed has failed.
  AgentOutcome of(Exit exit, AgentLines said) {
    return switch (exit) {
      case Exit.Finished(int code, _, _) when code == 0 -> finished(said);
      case Exit.Finished(int code, _, _) when code > SIGNALLED && code <= SIGNALLED + SIGNALS ->
          failed(FailureKind.CRASH, "was killed by signal " + (code - SIGNALLED), reason(said));
      case Exit.Finished(int code, _, _) when code == NOT_RUNNABLE || code == NOT_FOUND ->
          new AgentOutcome.Asks(notThere(code, reason(said)));
      case Exit.Finished(int code, _, _) ->
          failed(broken, "ended with exit code " + code, reason(said));
      case Exit.TimedOut _ -> failed(FailureKind.TIMEOUT, exit.summary(), reason(said));
      case Exit.OutputExceeded _, Exit.MemoryExceeded _, Exit.DiskExceeded _ ->
          failed(FailureKind.BAD_RESULT, exit.summary(), reason(said));
      case Exit.Cancelled _ -> failed(FailureKind.CRASH, exit.summary(), reason(said));
      case Exit.NotStarted _ -> failed(FailureKind.OUTSIDE, exit.summary(), "");
    };
  }

  /// Trying again would find the same: somebody has to put it there.
  private String notThere(int code, String words) {
    return """
    %s ended with exit code %d: a command was not found, or may not be run.
    %s
    It runs in a clone of the repository: commit what it needs there, executable, or correct \
    agents.%s.command. Then retry.\
    """
        .formatted(agent, code, words, agent);
  }

  private AgentOutcome finished(AgentLines said) {
    var status = said.result().map(AgentLines.Result::status).orElse("");
    if (status.equals("failed")) {
      return failed(broken, "said it failed", reason(said));
    }
    if (said.question().isPresent()) {
      return new AgentOutcome.Asks(said.question().get());
    }
    return status.equals("unchanged")
        ? new AgentOutcome.NothingToDo(reason(said))
        : new AgentOutcome.Done(summary(said));
  }

  private static String summary(AgentLines said) {
    return said.result().map(AgentLines.Result::summary).orElse("");
  }

  private static String reason(AgentLines said) {
    return said.result()
        .map(AgentLines.Result::summary)
        .filter(words -> !words.isBlank())
        .orElseGet(said::lastWords);
  }

  private AgentOutcome failed(FailureKind kind, String what, String words) {
    return AgentOutcome.failed(
        kind, agent + " " + what + (words.isBlank() ? "" : "; last words:\n" + words));
  }
}

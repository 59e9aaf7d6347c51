package dev.millwright.codegen.port;

import dev.millwright.shared.workitem.Usage;
import java.nio.file.Path;
import java.util.List;

/// What an agent says and does during a turn. All of it is the agent's word, kept for people.
public sealed interface AgentEvent {
  /// A session that a later turn may go on with.
  record SessionStarted(String id) implements AgentEvent {}

  /// A turn of a session began.
  ///
  /// @param id names session and turn
  record TurnStarted(String id) implements AgentEvent {}

  /// What its provider says about its limits, as it says it.
  record LimitsSeen(String json) implements AgentEvent {}

  /// Something said.
  record Message(String text) implements AgentEvent {}

  /// What it means to do, in order.
  record Plan(List<String> steps) implements AgentEvent {
    public Plan {
      steps = List.copyOf(steps);
    }
  }

  /// A tool used, and what with.
  record ToolCall(String tool, String detail) implements AgentEvent {}

  /// A file it says it changed.
  record FileChange(String path) implements AgentEvent {}

  /// A command it ran in its workspace.
  record CommandRun(String line) implements AgentEvent {}

  /// Something it cannot decide by itself.
  record Question(String text) implements AgentEvent {}

  /// Something it asked leave for and did not get, and what it was told.
  record Refused(String wish, String words) implements AgentEvent {}

  /// What a part of the turn cost, to be added up.
  record Spent(Usage usage) implements AgentEvent {}

  /// What it and its models said to each other, in a file that is the listener's from now on.
  record Exchanged(Path file) implements AgentEvent {}

  /// Something that went wrong on the way; the turn's outcome says whether it mattered.
  record Trouble(String text) implements AgentEvent {}

  /// What kind of thing it is, for whoever watches.
  default String wire() {
    return switch (this) {
      case SessionStarted _ -> "session_started";
      case TurnStarted _ -> "turn_started";
      case LimitsSeen _ -> "rate_limits";
      case Message _ -> "message";
      case Plan _ -> "plan";
      case ToolCall _ -> "tool_call";
      case FileChange _ -> "file_change";
      case CommandRun _ -> "command";
      case Question _ -> "question";
      case Refused _ -> "refused";
      case Spent _ -> "usage";
      case Exchanged _ -> "exchanges_kept";
      case Trouble _ -> "trouble";
    };
  }

  /// One line for the transcript.
  default String line() {
    return switch (this) {
      case SessionStarted(var id) -> "session " + id;
      case TurnStarted(var id) -> "turn " + id;
      case LimitsSeen _ -> "its provider's limits are known";
      case Message(var text) -> text;
      case Plan(var steps) -> "plan: " + String.join("; ", steps);
      case ToolCall(var tool, var detail) -> "tool " + tool + ": " + detail;
      case FileChange(var path) -> "changed " + path;
      case CommandRun(var line) -> "$ " + line;
      case Question(var text) -> "question: " + text;
      case Refused(var wish, var words) -> "refused: " + wish + ": " + words;
      case Spent(var usage) ->
          "used %d input and %d output tokens".formatted(usage.inputTokens(), usage.outputTokens());
      case Exchanged _ -> "its exchanges with models are kept";
      case Trouble(var text) -> "trouble: " + text;
    };
  }
}

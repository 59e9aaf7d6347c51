package dev.millwright.codegen.adapter;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.millwright.codegen.port.AgentEvent;
import dev.millwright.codegen.port.AgentListener;
import dev.millwright.codegen.port.IntentDesk;
import dev.millwright.shared.workspace.OutputListener;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads what a program says, line by line: a JSON object with a known `type` is that event, any
/// other line is a message. Keeps the last lines for the report of a failure, and nothing else.
///
/// | type | fields |
/// |---|---|
/// | `message` | `text` |
/// | `plan` | `steps`, or `text` |
/// | `file_change` | `path` |
/// | `command` | `line` |
/// | `question` | `text` |
/// | `result` | `status`: `changed`, `unchanged` or `failed`; `summary` |
///
/// A line with an `intent` instead of a `type` goes to the desk, with all its other fields.
final class AgentLines implements OutputListener {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int LAST_LINES = 20;
  private static final int MOST_WORDS = 4_000;

  private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

  private final AgentListener listener;
  private final IntentDesk intents;
  private final Deque<String> last = new ArrayDeque<>();
  private @Nullable String question;
  private @Nullable Result result;

  AgentLines(AgentListener listener, IntentDesk intents) {
    this.listener = listener;
    this.intents = intents;
  }

  /// What a program said about its own end.
  record Result(String status, String summary) {}

  /// Both streams come here, each on its own thread; the listener hears one at a time.
  @Override
  public synchronized void line(Source source, String line) {
    if (!line.isBlank()) {
      event(line).ifPresent(listener::heard);
    }
  }

  synchronized Optional<String> question() {
    return Optional.ofNullable(question);
  }

  synchronized Optional<Result> result() {
    return Optional.ofNullable(result);
  }

  /// The last words, oldest first.
  synchronized String lastWords() {
    return String.join("\n", last);
  }

  private Optional<AgentEvent> event(String line) {
    if (!line.startsWith("{")) {
      return Optional.of(message(line));
    }
    try {
      return json(JSON.readTree(line), line);
    } catch (JacksonException e) {
      return Optional.of(message(line));
    }
  }

  private Optional<AgentEvent> json(JsonNode node, String line) {
    if (node.path("intent").isTextual()) {
      var fields = JSON.convertValue(node, FIELDS);
      fields.remove("intent");
      intents.take(text(node, "intent"), fields);
      return Optional.empty();
    }
    return switch (text(node, "type")) {
      case "message" -> Optional.of(message(text(node, "text")));
      case "plan" -> Optional.of(new AgentEvent.Plan(steps(node)));
      case "file_change" -> Optional.of(new AgentEvent.FileChange(text(node, "path")));
      case "command" -> Optional.of(new AgentEvent.CommandRun(text(node, "line")));
      case "question" -> {
        question = text(node, "text");
        yield Optional.of(new AgentEvent.Question(question));
      }
      case "result" -> {
        result = new Result(text(node, "status"), text(node, "summary"));
        yield result.summary().isBlank() ? Optional.empty() : Optional.of(message(result.summary));
      }
      default -> Optional.of(message(line));
    };
  }

  private AgentEvent message(String words) {
    var kept = cut(words);
    last.addLast(kept);
    if (last.size() > LAST_LINES) {
      last.removeFirst();
    }
    return new AgentEvent.Message(kept);
  }

  private static List<String> steps(JsonNode node) {
    var steps = new ArrayList<String>();
    node.path("steps").forEach(step -> steps.add(cut(step.asText())));
    return steps.isEmpty() ? List.of(text(node, "text")) : steps;
  }

  private static String text(JsonNode node, String field) {
    return cut(node.path(field).asText(""));
  }

  private static String cut(String words) {
    return words.length() <= MOST_WORDS ? words : words.substring(0, MOST_WORDS) + " … (cut)";
  }
}

package dev.millwright.codegen.adapter.session;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millwright.codegen.domain.Permissions.Wish;
import dev.millwright.codegen.port.AgentEvent;
import dev.millwright.codegen.port.AgentListener;
import dev.millwright.shared.workitem.FailureKind;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Claude Code's stream-json, both ways: user lines in, messages and one result a turn out, control
/// requests in both directions.
final class ClaudeProtocol implements Protocol {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Clerk clerk;
  private final AgentListener listener;
  private final Consumer<String> out;
  private final String session;
  private final AtomicLong numbers = new AtomicLong();
  private final Map<String, CompletableFuture<JsonNode>> open = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<Boolean>> unread = new ConcurrentHashMap<>();
  private volatile CompletableFuture<TurnEnd> ending = CompletableFuture.completedFuture(null);

  /// @param session the id the process was started with; Claude lets the client choose it
  ClaudeProtocol(Launch.Place place, Dialect.Talk talk, String session) {
    this.clerk = new Clerk(place.permissions(), talk.listener());
    this.listener = talk.listener();
    this.out = talk.out();
    this.session = session;
  }

  @Override
  public CompletableFuture<String> open(@Nullable String resume) {
    return control(Peer.object().put("subtype", "initialize")).thenApply(_ -> session);
  }

  @Override
  public CompletableFuture<TurnEnd> turn(String prompt) {
    var end = new CompletableFuture<TurnEnd>();
    ending = end;
    clerk.clear();
    var _ = say(prompt);
    return end;
  }

  /// A line of a person during a turn is taken within that turn; one that comes too late makes
  /// Claude go on by itself, so the turn is not over before every line was taken.
  @Override
  public CompletableFuture<Boolean> steer(String words) {
    return ending.isDone() ? CompletableFuture.completedFuture(false) : say(words);
  }

  @Override
  public void interrupt() {
    var _ = control(Peer.object().put("subtype", "interrupt"));
  }

  @Override
  public void ended(String why) {
    open.values().forEach(answer -> answer.completeExceptionally(new IllegalStateException(why)));
    over(new TurnEnd.Failed(FailureKind.CRASH, why));
  }

  private void over(TurnEnd end) {
    ending.complete(clerk.end(end));
    unread.values().forEach(taken -> taken.complete(false));
    unread.clear();
  }

  /// Completes when Claude has taken the line: it then says it again.
  private CompletableFuture<Boolean> say(String text) {
    var taken = new CompletableFuture<Boolean>();
    var number = UUID.randomUUID().toString();
    unread.put(number, taken);
    var line = Peer.object().put("type", "user").put("uuid", number);
    var message = line.putObject("message").put("role", "user");
    message.putArray("content").addObject().put("type", "text").put("text", text);
    out.accept(line.toString());
    return taken;
  }

  private CompletableFuture<JsonNode> control(ObjectNode request) {
    var number = "millwright-" + numbers.incrementAndGet();
    var answer = new CompletableFuture<JsonNode>();
    open.put(number, answer);
    var line = Peer.object().put("type", "control_request").put("request_id", number);
    line.set("request", request);
    out.accept(line.toString());
    return answer;
  }

  @Override
  public void heard(String line) {
    JsonNode message;
    try {
      message = JSON.readTree(line);
    } catch (JacksonException e) {
      return;
    }
    if (message == null || !message.isObject()) {
      return;
    }
    switch (message.path("type").asText()) {
      case "assistant" -> message.path("message").path("content").forEach(this::block);
      case "system" -> system(message);
      case "user" -> taken(message.path("uuid").asText());
      case "result" -> result(end(message));
      case "control_response" -> answered(message.path("response"));
      case "control_request" -> asked(message);
      default -> {
        // Tool results and what later versions add: nothing is decided by them.
      }
    }
  }

  private void taken(String number) {
    var taken = unread.remove(number);
    if (taken != null) {
      taken.complete(true);
    }
  }

  private void result(TurnEnd end) {
    if (unread.isEmpty() || !(end instanceof TurnEnd.Completed)) {
      over(end);
    }
  }

  private void block(JsonNode block) {
    switch (block.path("type").asText()) {
      case "text" -> listener.heard(new AgentEvent.Message(block.path("text").asText()));
      case "tool_use" -> listener.heard(tool(block.path("name").asText(), block.path("input")));
      default -> {}
    }
  }

  private static AgentEvent tool(String name, JsonNode input) {
    return switch (name) {
      case "Bash" -> new AgentEvent.CommandRun(input.path("command").asText());
      case "Edit", "Write", "MultiEdit", "NotebookEdit" ->
          new AgentEvent.FileChange(input.path("file_path").asText());
      default -> new AgentEvent.ToolCall(name, input.toString());
    };
  }

  private void system(JsonNode message) {
    if (message.path("subtype").asText().equals("api_retry")) {
      listener.heard(
          new AgentEvent.Trouble(
              "the model answered %s; try %d of %d"
                  .formatted(
                      message.path("error_status").asText("nothing"),
                      message.path("attempt").asInt(),
                      message.path("max_retries").asInt())));
    }
  }

  private void answered(JsonNode response) {
    var waiting = open.remove(response.path("request_id").asText());
    if (waiting == null) {
      return;
    }
    if (response.path("subtype").asText().equals("success")) {
      waiting.complete(response.path("response"));
    } else {
      waiting.completeExceptionally(
          new IllegalStateException(response.path("error").asText("refused")));
    }
  }

  /// Leave to use a tool is given by policy; a question is passed on and ends the turn; other
  /// requests are not ours to grant.
  private void asked(JsonNode message) {
    var request = message.path("request");
    var reply = Peer.object().put("type", "control_response");
    var response = reply.putObject("response");
    response.put("request_id", message.path("request_id").asText());
    if (request.path("subtype").asText().equals("can_use_tool")) {
      response.put("subtype", "success");
      response.set("response", leave(request.path("tool_name").asText(), request.path("input")));
    } else {
      response.put("subtype", "error").put("error", "not offered");
    }
    out.accept(reply.toString());
  }

  private ObjectNode leave(String tool, JsonNode input) {
    if (tool.equals("AskUserQuestion")) {
      input.path("questions").forEach(asked -> clerk.asks(Clerk.question(asked)));
      return Peer.object()
          .put("behavior", "deny")
          .put("message", Clerk.LATER)
          .put("interrupt", true);
    }
    return clerk
        .refusal(wish(tool, input))
        .map(words -> Peer.object().put("behavior", "deny").put("message", words))
        .orElseGet(() -> Peer.object().put("behavior", "allow").set("updatedInput", input));
  }

  private static Wish wish(String tool, JsonNode input) {
    return switch (tool) {
      case "Bash" ->
          input.path("dangerouslyDisableSandbox").asBoolean(false)
              ? new Wish.More("run outside a sandbox: " + input.path("command").asText())
              : new Wish.Use(input.path("command").asText());
      case "Edit", "Write", "MultiEdit" -> new Wish.Edit(input.path("file_path").asText());
      case "NotebookEdit" -> new Wish.Edit(input.path("notebook_path").asText());
      case "WebFetch" -> new Wish.Network(input.path("url").asText());
      case "WebSearch" -> new Wish.Network("a search engine");
      default -> new Wish.Use(tool);
    };
  }

  /// An API failure ends as `success` with `is_error`, so that field comes first.
  private static TurnEnd end(JsonNode result) {
    var words = result.path("result").asText("");
    var reason = result.path("terminal_reason").asText("");
    if (reason.startsWith("aborted")) {
      return new TurnEnd.Interrupted();
    }
    if (!result.path("is_error").asBoolean(false)
        && result.path("subtype").asText().equals("success")) {
      return new TurnEnd.Completed(words);
    }
    if (result.path("subtype").asText().equals("error_max_turns")
        || words.contains("output token maximum")) {
      return new TurnEnd.BrokeOff("stopped at a limit");
    }
    var kind =
        switch (result.path("api_error_status").asInt(0)) {
          case 401, 403 -> FailureKind.AUTH;
          case 429 -> FailureKind.RATE_LIMIT;
          case 413 -> FailureKind.CONTEXT;
          default -> FailureKind.OUTSIDE;
        };
    return new TurnEnd.Failed(
        kind, words.isBlank() ? result.path("subtype").asText("error") + " " + reason : words);
  }
}

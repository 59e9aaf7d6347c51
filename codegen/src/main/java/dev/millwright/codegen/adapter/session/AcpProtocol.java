package dev.millwright.codegen.adapter.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millwright.codegen.domain.Permissions.Wish;
import dev.millwright.codegen.port.AgentEvent;
import dev.millwright.codegen.port.AgentListener;
import dev.millwright.shared.workitem.FailureKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The Agent Client Protocol, version 1. It offers the agent neither files nor terminals: it has
/// its workspace, and some agents fail when they are offered more.
final class AcpProtocol implements Protocol, Peer.Handler {
  private static final int SIGNED_OUT = -32000;

  private final Launch.Place place;
  private final Clerk clerk;
  private final AgentListener listener;
  private final Peer peer;
  private final Map<String, Call> tools = new HashMap<>();
  private final StringBuilder words = new StringBuilder();
  private String last = "";
  private volatile String session = "";
  private volatile boolean replaying;
  private volatile CompletableFuture<TurnEnd> ending = new CompletableFuture<>();

  AcpProtocol(Launch.Place place, Dialect.Talk talk) {
    this.place = place;
    this.clerk = new Clerk(place.permissions(), talk.listener());
    this.listener = talk.listener();
    this.peer = new Peer(true, talk.out(), this);
  }

  /// What is known of a tool call.
  private record Call(String kind, String detail, boolean told) {
    static final Call NEW = new Call("other", "", false);

    Call with(JsonNode update) {
      var command = update.path("rawInput").path("command").asText(update.path("title").asText());
      return new Call(update.path("kind").asText(kind), command.isEmpty() ? detail : command, told);
    }

    /// Whether a piece has all that is to be told; of a command, some agents first say only where.
    boolean says(JsonNode update) {
      var input = update.path("rawInput");
      return input.isMissingNode()
          || (kind.equals("execute") ? input.has("command") : !input.isEmpty());
    }

    Call tell(AgentListener listener) {
      listener.heard(
          kind.equals("execute")
              ? new AgentEvent.CommandRun(detail)
              : new AgentEvent.ToolCall(kind, detail));
      return new Call(kind, detail, true);
    }
  }

  @Override
  public void heard(String line) {
    peer.heard(line);
  }

  @Override
  public CompletableFuture<String> open(@Nullable String resume) {
    var hello = Peer.object().put("protocolVersion", 1);
    hello.putObject("clientCapabilities");
    hello.putObject("clientInfo").put("name", "millwright").put("version", "0.1.0");
    return peer.ask("initialize", hello)
        .thenCompose(answer ->
            resume != null && answer.path("agentCapabilities").path("loadSession").asBoolean(false)
                ? loaded(resume)
                : fresh())
        .thenApply(id -> session = id);
  }

  private CompletableFuture<String> fresh() {
    return peer.ask("session/new", folder()).thenApply(answer -> answer.path("sessionId").asText());
  }

  /// Loading tells the whole history again, which is no news. An agent that lost the session gets a
  /// fresh one: the prompt says everything anyway.
  private CompletableFuture<String> loaded(String id) {
    replaying = true;
    return peer.ask("session/load", folder().put("sessionId", id))
        .thenApply(_ -> id)
        .exceptionallyCompose(_ -> fresh())
        .whenComplete((_, _) -> replaying = false);
  }

  private ObjectNode folder() {
    var params = Peer.object().put("cwd", place.folder());
    var servers = params.putArray("mcpServers");
    if (!place.intents().isEmpty()) {
      var server = servers.addObject().put("name", IntentTools.NAME);
      server.put("command", place.intents().getFirst());
      place.intents().stream().skip(1).forEach(server.putArray("args")::add);
      server.putArray("env");
    }
    return params;
  }

  @Override
  public CompletableFuture<TurnEnd> turn(String prompt) {
    var end = new CompletableFuture<TurnEnd>();
    ending = end;
    words.setLength(0);
    clerk.clear();
    var params = Peer.object().put("sessionId", session);
    params.putArray("prompt").addObject().put("type", "text").put("text", prompt);
    var _ =
        peer.ask("session/prompt", params)
            .whenComplete((answer, refused) -> {
              flush();
              end.complete(clerk.end(refused == null ? end(answer) : failed(refused)));
            });
    return end;
  }

  /// The protocol has no words for it.
  @Override
  public CompletableFuture<Boolean> steer(String said) {
    return CompletableFuture.completedFuture(false);
  }

  @Override
  public void interrupt() {
    peer.tell("session/cancel", Peer.object().put("sessionId", session));
  }

  @Override
  public void ended(String why) {
    peer.ended(why);
    ending.complete(new TurnEnd.Failed(FailureKind.CRASH, why));
  }

  private static TurnEnd failed(Throwable refused) {
    var cause = refused.getCause() == null ? refused : refused.getCause();
    return new TurnEnd.Failed(
        cause instanceof Peer.Refused error
            ? error.code() == SIGNED_OUT ? FailureKind.AUTH : FailureKind.OUTSIDE
            : FailureKind.CRASH,
        String.valueOf(cause.getMessage()));
  }

  private TurnEnd end(JsonNode answer) {
    return switch (answer.path("stopReason").asText()) {
      case "end_turn" -> new TurnEnd.Completed(lastWords());
      case "cancelled" -> new TurnEnd.Interrupted();
      case "max_tokens", "max_turn_requests" -> new TurnEnd.BrokeOff("stopped at a limit");
      case "refusal" -> new TurnEnd.Failed(FailureKind.REFUSAL, lastWords());
      default ->
          new TurnEnd.Failed(
              FailureKind.BAD_RESULT, "ended for an unknown reason: " + answer.path("stopReason"));
    };
  }

  @Override
  public synchronized void told(String method, JsonNode params) {
    if (!method.equals("session/update") || replaying) {
      return;
    }
    var update = params.path("update");
    var kind = update.path("sessionUpdate").asText();
    if (kind.equals("agent_message_chunk")) {
      words.append(update.path("content").path("text").asText());
      return;
    }
    // A message has no end of its own: whatever comes next ends it.
    flush();
    switch (kind) {
      case "tool_call", "tool_call_update" -> tool(update);
      case "plan" -> plan(update.path("entries"));
      default -> {
        // Thoughts, commands on offer, titles, and what later versions add.
      }
    }
  }

  /// A call may be told piece by piece, and its first piece may be an update. Some begin without
  /// what they are called with: those are told once it is known, or when the call is over.
  private void tool(JsonNode update) {
    var id = update.path("toolCallId").asText();
    var call = tools.getOrDefault(id, Call.NEW).with(update);
    var over = update.path("status").asText().matches("completed|failed");
    if (!call.told() && (over || call.says(update))) {
      call = call.tell(listener);
    }
    tools.put(id, call);
    if (update.path("status").asText().equals("completed")) {
      update
          .path("content")
          .forEach(part -> {
            if (part.path("type").asText().equals("diff")) {
              listener.heard(new AgentEvent.FileChange(part.path("path").asText()));
            }
          });
    }
  }

  private void plan(JsonNode entries) {
    var steps = new ArrayList<String>();
    entries.forEach(entry -> steps.add(entry.path("content").asText()));
    listener.heard(new AgentEvent.Plan(steps));
  }

  /// Leave is given or refused by policy, once, and chosen by kind, never by name.
  @Override
  public Optional<JsonNode> asked(String method, JsonNode params) {
    if (!method.equals("session/request_permission")) {
      return Optional.empty();
    }
    var refused = clerk.refusal(wish(params.path("toolCall"))).isPresent();
    var wanted = refused ? "reject_once" : "allow_once";
    var answer = Peer.object();
    var outcome = answer.putObject("outcome");
    for (var option : params.path("options")) {
      if (option.path("kind").asText().equals(wanted)) {
        outcome.put("outcome", "selected").set("optionId", option.path("optionId"));
        return Optional.of(answer);
      }
    }
    outcome.put("outcome", "cancelled");
    return Optional.of(answer);
  }

  private static Wish wish(JsonNode call) {
    var title = call.path("title").asText("");
    return switch (call.path("kind").asText("other")) {
      case "fetch" -> new Wish.Network(title);
      case "edit", "delete", "move" -> {
        var path = call.path("locations").path(0).path("path").asText("");
        yield path.isEmpty() ? new Wish.Use(title) : new Wish.Edit(path);
      }
      default -> new Wish.Use(title);
    };
  }

  private synchronized void flush() {
    if (!words.isEmpty()) {
      last = words.toString();
      words.setLength(0);
      listener.heard(new AgentEvent.Message(last));
    }
  }

  private synchronized String lastWords() {
    return last;
  }
}

package dev.millwright.codegen.adapter.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millwright.codegen.port.AgentEvent;
import dev.millwright.codegen.port.AgentListener;
import dev.millwright.shared.workitem.FailureKind;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Codex' app-server: threads and turns as JSON-RPC without the version field.
final class CodexProtocol implements Protocol, Peer.Handler {
  private final String folder;
  private final AgentListener listener;
  private final Clerk clerk;
  private final CodexRequests requests;
  private final Map<String, CompletableFuture<Boolean>> steered = new ConcurrentHashMap<>();
  private final Peer peer;
  private volatile String thread = "";
  private volatile String turn = "";
  private volatile String words = "";
  private volatile CompletableFuture<TurnEnd> ending = new CompletableFuture<>();

  CodexProtocol(Launch.Place place, AgentListener listener, Consumer<String> out) {
    this.folder = place.folder();
    this.clerk = new Clerk(place.permissions(), listener);
    this.requests =
        new CodexRequests(
            clerk,
            words -> {
              var _ = steer(words);
            },
            this::interrupt);
    this.listener = listener;
    this.peer = new Peer(false, out, this);
  }

  @Override
  public void heard(String line) {
    peer.heard(line);
  }

  @Override
  public CompletableFuture<String> open(@Nullable String resume) {
    var hello = Peer.object();
    hello.putObject("clientInfo").put("name", "millwright").put("version", "0.1.0");
    hello.putObject("capabilities").put("experimentalApi", true);
    return peer.ask("initialize", hello)
        .thenCompose(_ -> {
          peer.tell("initialized", null);
          return resume == null ? fresh() : resumed(resume);
        })
        .thenApply(answer -> thread = answer.path("thread").path("id").asText());
  }

  private CompletableFuture<JsonNode> fresh() {
    return peer.ask("thread/start", place());
  }

  /// A thread that is not known any more is no trouble: the prompt says everything anyway.
  private CompletableFuture<JsonNode> resumed(String id) {
    return peer.ask("thread/resume", place().put("threadId", id))
        .exceptionallyCompose(_ -> fresh());
  }

  /// The factory's own sandbox stands around the process, so Codex neither asks nor confines.
  private ObjectNode place() {
    return Peer.object()
        .put("cwd", folder)
        .put("approvalPolicy", "never")
        .put("sandbox", "danger-full-access");
  }

  @Override
  public CompletableFuture<TurnEnd> turn(String prompt) {
    var end = new CompletableFuture<TurnEnd>();
    ending = end;
    words = "";
    clerk.clear();
    var _ =
        peer.ask("turn/start", spoken(prompt).put("threadId", thread))
            .whenComplete((answer, refused) -> {
              if (refused == null) {
                turn = answer.path("turn").path("id").asText();
              } else {
                end.complete(failed(refused));
              }
            });
    return end;
  }

  /// Taken when the words turn up in the turn, which may be a while after the request was answered:
  /// a command that runs is waited for. Words that came too late never do.
  @Override
  public CompletableFuture<Boolean> steer(String said) {
    var taken = new CompletableFuture<Boolean>();
    if (turn.isEmpty() || ending.isDone()) {
      taken.complete(false);
      return taken;
    }
    steered.put(said, taken);
    var _ =
        peer.ask("turn/steer", spoken(said).put("threadId", thread).put("expectedTurnId", turn))
            .exceptionally(_ -> {
              taken.complete(false);
              return Peer.object();
            });
    if (ending.isDone()) {
      taken.complete(false);
    }
    return taken;
  }

  private void over(TurnEnd end) {
    turn = "";
    ending.complete(end);
    steered.values().forEach(taken -> taken.complete(false));
    steered.clear();
  }

  @Override
  public void interrupt() {
    var _ =
        peer.ask("turn/interrupt", Peer.object().put("threadId", thread).put("turnId", turn))
            .thenCompose(_ ->
                peer.ask(
                    "thread/backgroundTerminals/clean", Peer.object().put("threadId", thread)));
  }

  @Override
  public void ended(String why) {
    peer.ended(why);
    over(new TurnEnd.Failed(FailureKind.CRASH, why));
  }

  private static ObjectNode spoken(String text) {
    var params = Peer.object();
    params.putArray("input").addObject().put("type", "text").put("text", text);
    return params;
  }

  @Override
  public void told(String method, JsonNode params) {
    switch (method) {
      case "item/started" -> started(params.path("item"));
      case "item/completed" -> completed(params.path("item"));
      case "turn/plan/updated" -> plan(params.path("plan"));
      case "error" -> trouble(params.path("error"), params.path("willRetry").asBoolean(false));
      case "turn/completed" -> over(clerk.end(end(params.path("turn"))));
      default -> {
        // Deltas, token counts and what later versions add: nothing is decided by them.
      }
    }
  }

  private void started(JsonNode item) {
    switch (item.path("type").asText()) {
      case "commandExecution" -> say(new AgentEvent.CommandRun(item.path("command").asText()));
      case "mcpToolCall", "dynamicToolCall" ->
          say(
              new AgentEvent.ToolCall(
                  item.path("tool").asText(), item.path("arguments").toString()));
      default -> {}
    }
  }

  private void completed(JsonNode item) {
    switch (item.path("type").asText()) {
      case "userMessage" -> taken(item.path("content"));
      case "agentMessage" -> {
        words = item.path("text").asText();
        say(new AgentEvent.Message(words));
      }
      case "fileChange" ->
          item.path("changes")
              .forEach(change -> say(new AgentEvent.FileChange(change.path("path").asText())));
      default -> {}
    }
  }

  private void taken(JsonNode content) {
    content.forEach(part -> {
      var taken = steered.remove(part.path("text").asText());
      if (taken != null) {
        taken.complete(true);
      }
    });
  }

  private void plan(JsonNode plan) {
    var steps = new ArrayList<String>();
    plan.forEach(step -> steps.add(step.path("step").asText()));
    say(new AgentEvent.Plan(steps));
  }

  private void trouble(JsonNode error, boolean again) {
    say(new AgentEvent.Trouble(error.path("message").asText() + (again ? " (trying again)" : "")));
  }

  private TurnEnd end(JsonNode done) {
    return switch (done.path("status").asText()) {
      case "completed" -> new TurnEnd.Completed(words);
      case "interrupted" -> new TurnEnd.Interrupted();
      default -> {
        var error = done.path("error");
        var reason = error.path("message").asText("no reason given");
        yield reason.contains("max_output_tokens")
            ? new TurnEnd.BrokeOff(reason)
            : new TurnEnd.Failed(kind(error.path("codexErrorInfo")), reason);
      }
    };
  }

  /// What Codex calls its errors: a word, or an object with the word as its only field.
  private static FailureKind kind(JsonNode info) {
    var word = info.isObject() && !info.isEmpty() ? info.fieldNames().next() : info.asText();
    return switch (word) {
      case "contextWindowExceeded" -> FailureKind.CONTEXT;
      case "usageLimitExceeded" -> FailureKind.QUOTA;
      case "unauthorized" -> FailureKind.AUTH;
      case "cyberPolicy" -> FailureKind.REFUSAL;
      default -> FailureKind.OUTSIDE;
    };
  }

  private static TurnEnd failed(Throwable refused) {
    return new TurnEnd.Failed(FailureKind.BAD_RESULT, String.valueOf(refused.getMessage()));
  }

  @Override
  public Optional<JsonNode> asked(String method, JsonNode params) {
    return requests.answer(method, params);
  }

  private void say(AgentEvent event) {
    listener.heard(event);
  }
}

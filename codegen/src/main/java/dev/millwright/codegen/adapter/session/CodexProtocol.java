package dev.millwright.codegen.adapter.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millwright.codegen.port.AgentEvent;
import dev.millwright.codegen.port.AgentListener;
import dev.millwright.shared.workitem.FailureKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Codex' app-server: threads and turns as JSON-RPC without the version field.
final class CodexProtocol implements Protocol, Peer.Handler {
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final int MOST_SHOWN = 500;

  /// Ways in which versions of Codex say that a turn waits for a person.
  private static final Set<String> WAITS =
      Set.of(
          "turn/input_required",
          "turn/needs_input",
          "turn/need_input",
          "turn/request_input",
          "turn/request_response",
          "turn/provide_input",
          "turn/approval_required");

  private static final List<String> WAITING =
      List.of("requiresInput", "needsInput", "input_required", "inputRequired");

  private final String folder;
  private final Dialect.Talk talk;
  private final AgentListener listener;
  private final Clerk clerk;
  private final CodexRequests requests;
  private final CodexTools tools;
  private final Map<String, CompletableFuture<Boolean>> steered = new ConcurrentHashMap<>();
  private final Peer peer;
  private volatile String thread = "";
  private volatile String turn = "";
  private volatile String words = "";
  private volatile CompletableFuture<TurnEnd> ending = new CompletableFuture<>();

  CodexProtocol(Launch.Place place, Dialect.Talk talk) {
    this.folder = place.folder();
    this.talk = talk;
    this.listener = talk.listener();
    this.clerk = new Clerk(place.permissions(), listener);
    this.tools = new CodexTools(talk.brief().intents());
    this.requests =
        new CodexRequests(
            clerk,
            words -> {
              var _ = steer(words);
            },
            this::stop);
    this.peer = new Peer(false, talk.out(), this);
  }

  /// What is no message is kept for people, and the conversation goes on.
  @Override
  public void heard(String line) {
    if (!peer.heard(line)) {
      var what = line.stripLeading().startsWith("{") ? "malformed: " : "no message: ";
      say(new AgentEvent.Trouble(what + cut(line)));
    }
  }

  private static String cut(String line) {
    return line.length() <= MOST_SHOWN ? line : line.substring(0, MOST_SHOWN) + " …";
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
        .thenApply(answer -> thread = id(answer.path("thread")));
  }

  private static String id(JsonNode named) {
    var id = named.path("id").asText("");
    if (id.isEmpty()) {
      throw new IllegalStateException("invalid_thread_payload: the thread has no id");
    }
    return id;
  }

  private CompletableFuture<JsonNode> fresh() {
    return peer.ask("thread/start", place().set("dynamicTools", CodexTools.declared()));
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
    var begin =
        spoken(prompt)
            .put("threadId", thread)
            .put("cwd", folder)
            .put("title", talk.brief().subject().title());
    var _ =
        peer.ask("turn/start", begin)
            .orTimeout(talk.patience().toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((answer, refused) -> {
              if (refused == null) {
                turn = answer.path("turn").path("id").asText();
                say(new AgentEvent.TurnStarted(thread + "-" + turn));
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

  /// For a question to a person. A Codex that does not end its turn by itself keeps nobody waiting.
  private void stop() {
    interrupt();
    var _ =
        ending.completeOnTimeout(
            clerk.end(new TurnEnd.Interrupted()), GRACE.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public void ended(String why) {
    peer.ended(why);
    over(clerk.end(new TurnEnd.Failed(FailureKind.CRASH, "port_exit: " + why)));
  }

  @Override
  public void close() {
    tools.close();
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
      case "turn/failed" -> broken(params, "turn_failed");
      case "turn/cancelled" -> broken(params, "turn_cancelled");
      default -> {
        // Deltas, token counts and what later versions add: nothing is decided by them.
      }
    }
    CodexLimits.in(method, params).ifPresent(json -> say(new AgentEvent.LimitsSeen(json)));
    if (waits(method, params)) {
      clerk.asks("turn_input_required: " + cut(words(params)));
      stop();
    }
  }

  /// Without parameters these are mere news.
  private void broken(JsonNode params, String code) {
    if (!params.isMissingNode() && !params.isNull()) {
      over(clerk.end(new TurnEnd.Failed(FailureKind.OUTSIDE, code + ": " + cut(words(params)))));
    }
  }

  private static boolean waits(String method, JsonNode params) {
    return WAITS.contains(method)
        || (method.startsWith("turn/")
            && WAITING.stream().anyMatch(flag -> params.path(flag).asBoolean(false)));
  }

  private static String words(JsonNode params) {
    return Stream.of("message", "reason", "question", "prompt")
        .map(name -> params.path(name).asText(params.path("error").path(name).asText("")))
        .filter(words -> !words.isEmpty())
        .findFirst()
        .orElse("Codex gave no reason");
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
      case "completed", "" -> new TurnEnd.Completed(words);
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
    return refused instanceof TimeoutException
        ? new TurnEnd.Failed(FailureKind.STALL, "response_timeout: did not begin the turn")
        : new TurnEnd.Failed(
            FailureKind.BAD_RESULT, "response_error: " + String.valueOf(refused.getMessage()));
  }

  @Override
  public boolean takes(String method, JsonNode params, Consumer<JsonNode> answer) {
    return method.equals("item/tool/call") && tools.take(params, answer);
  }

  @Override
  public Optional<JsonNode> asked(String method, JsonNode params) {
    return requests.answer(method, params);
  }

  private void say(AgentEvent event) {
    listener.heard(event);
  }
}

package dev.millwright.codegen.adapter.session;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// JSON-RPC, one object a line, both sides asking and answering. Each side numbers its own
/// questions, so their numbers never meet.
///
/// What the other side says is never trusted to be well-formed: a line that is no JSON object is
/// passed over, an unknown question is answered with an error, so that nobody waits for ever.
final class Peer {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int NO_SUCH_METHOD = -32601;

  private final boolean versioned;
  private final Consumer<String> out;
  private final Handler handler;
  private final AtomicLong numbers = new AtomicLong();
  private final Map<Long, CompletableFuture<JsonNode>> open = new ConcurrentHashMap<>();

  /// @param versioned whether each message says `"jsonrpc": "2.0"`
  /// @param out writes one line
  Peer(boolean versioned, Consumer<String> out, Handler handler) {
    this.versioned = versioned;
    this.out = out;
    this.handler = handler;
  }

  /// What the other side may say of its own accord.
  interface Handler {
    void told(String method, JsonNode params);

    /// The answer, empty where there is no such method.
    Optional<JsonNode> asked(String method, JsonNode params);

    /// Takes a question that is answered later, from another thread.
    ///
    /// @return whether there is such a question
    default boolean takes(String method, JsonNode params, Consumer<JsonNode> answer) {
      return false;
    }
  }

  /// A question that was answered with an error.
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int code;

    Refused(int code, String message) {
      super(message);
      this.code = code;
    }

    int code() {
      return code;
    }
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /// Completes with the result, exceptionally with [Refused] or when the other side ended.
  CompletableFuture<JsonNode> ask(String method, JsonNode params) {
    long number = numbers.incrementAndGet();
    var answer = new CompletableFuture<JsonNode>();
    open.put(number, answer);
    send(message().put("id", number).put("method", method).set("params", params));
    return answer;
  }

  void tell(String method, @Nullable JsonNode params) {
    var message = message().put("method", method);
    send(params == null ? message : message.set("params", params));
  }

  /// Takes a line the other side wrote.
  ///
  /// @return whether it was a message; an answer nobody waits for any more is one
  boolean heard(String line) {
    JsonNode message;
    try {
      message = JSON.readTree(line);
    } catch (JacksonException e) {
      return false;
    }
    if (message == null || !message.isObject()) {
      return false;
    }
    var method = message.path("method").asText("");
    var params = message.path("params");
    if (method.isEmpty()) {
      answered(message);
    } else if (!message.has("id")) {
      handler.told(method, params);
    } else if (!handler.takes(method, params, result -> answer(message, Optional.of(result)))) {
      answer(message, handler.asked(method, params));
    }
    return true;
  }

  /// The other side is gone: nobody waits any longer.
  void ended(String why) {
    var gone = new IllegalStateException(why);
    open.values().forEach(answer -> answer.completeExceptionally(gone));
    open.clear();
  }

  private void answered(JsonNode message) {
    var waiting = open.remove(message.path("id").asLong(-1));
    if (waiting == null) {
      return;
    }
    var error = message.path("error");
    if (error.isObject()) {
      waiting.completeExceptionally(
          new Refused(error.path("code").asInt(), error.path("message").asText("no reason given")));
    } else {
      waiting.complete(message.path("result"));
    }
  }

  private void answer(JsonNode question, Optional<JsonNode> result) {
    var reply = message();
    reply.set("id", question.path("id"));
    if (result.isPresent()) {
      reply.set("result", result.get());
    } else {
      reply.set(
          "error",
          object()
              .put("code", NO_SUCH_METHOD)
              .put("message", "Method not found: " + question.path("method").asText()));
    }
    send(reply);
  }

  private ObjectNode message() {
    return versioned ? object().put("jsonrpc", "2.0") : object();
  }

  private void send(JsonNode message) {
    out.accept(message.toString());
  }
}

package dev.millwright.codegen.adapter.scripted;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A provider whose models do what the prompt's last `DO: command` line says: call the agent's own
/// shell tool with the command, and end the turn when its result has come back. A line `USE: tool
/// {…}` has them call any tool with these arguments; lines `CALL: name {…}` are calls of tools of
/// ours, one after the other. It speaks all four wires, and misbehaves when told to.
public final class ScriptedModel implements AutoCloseable {
  /// What it wants to be shown.
  public static final String KEY = "sk-the-real-key-0123456789";

  /// Tokens of each reply; the cached ones are part of the input.
  public static final long INPUT = 1_000;

  public static final long CACHED = 400;
  public static final long OUTPUT = 10;

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern USE = Pattern.compile("(?m)USE: (\\S+) (\\{.*\\})\\s*$");
  private static final Pattern CALL = Pattern.compile("(?m)CALL: (\\w+) (\\{.*\\})\\s*$");
  private static final Pattern DO = Pattern.compile("(?m)DO: (.*?)\\s*$");

  private final HttpServer server;
  private final Queue<Mischief> mischief = new ConcurrentLinkedQueue<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final AtomicLong replies = new AtomicLong();

  private ScriptedModel(HttpServer server) {
    this.server = server;
  }

  /// One request as it arrived.
  public record Asked(String path, String key, JsonNode body) {}

  /// Something else than an answer.
  public sealed interface Mischief {
    /// Says no.
    ///
    /// @param retryAfter seconds, or nothing
    record Refuse(int status, String body, String retryAfter) implements Mischief {}

    /// Breaks off in the middle of the answer.
    record HangUp() implements Mischief {}

    /// Begins to answer, and says nothing more.
    record Hang() implements Mischief {}

    /// An answer, but late.
    record Dawdle(Duration by) implements Mischief {}
  }

  /// Listens on a free port of loopback.
  public static ScriptedModel start() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var model = new ScriptedModel(server);
    server.createContext("/", model::serve);
    server.setExecutor(Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory()));
    server.start();
    return model;
  }

  /// Its address, without a version.
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// The next calls meet this instead of an answer, one each.
  public void meet(Mischief next, int times) {
    for (int i = 0; i < times; i++) {
      mischief.add(next);
    }
  }

  /// No mischief any more.
  public void behave() {
    mischief.clear();
  }

  /// All requests, oldest first.
  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  /// Whole replies that were sent.
  public long replies() {
    return replies.get();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      var body = JSON.readTree(exchange.getRequestBody().readAllBytes());
      var headers = exchange.getRequestHeaders();
      var key =
          String.join("", headers.getOrDefault("Authorization", List.of()))
              + String.join("", headers.getOrDefault("X-api-key", List.of()))
              + String.join("", headers.getOrDefault("X-goog-api-key", List.of()));
      asked.add(new Asked(path, key, body));
      switch (mischief.poll()) {
        case null -> answer(exchange, path, body);
        case Mischief.Refuse(var status, var words, var after) -> {
          if (!after.isEmpty()) {
            exchange.getResponseHeaders().set("Retry-After", after);
          }
          send(exchange, status, "application/json", words);
        }
        case Mischief.HangUp _ -> {
          var whole = reply(path, body).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", type(path, body));
          exchange.sendResponseHeaders(200, whole.length);
          exchange.getResponseBody().write(whole, 0, whole.length / 2);
        }
        case Mischief.Hang _ -> hang(exchange);
        case Mischief.Dawdle(var by) -> {
          pause(by);
          answer(exchange, path, body);
        }
      }
    }
  }

  private static void hang(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().flush();
    pause(Duration.ofMinutes(10));
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(HttpExchange exchange, String path, JsonNode body) throws IOException {
    // Counted first: whoever has the answer may ask for the count.
    replies.incrementAndGet();
    send(exchange, 200, type(path, body), reply(path, body));
  }

  private static boolean streamed(String path, JsonNode body) {
    return body.path("stream").asBoolean(false) || path.contains("streamGenerateContent");
  }

  private static String type(String path, JsonNode body) {
    return streamed(path, body) ? "text/event-stream" : "application/json";
  }

  private static String reply(String path, JsonNode body) {
    var conversation =
        path.contains("/responses")
            ? Conversations.responses(body)
            : path.contains("/messages")
                ? Conversations.messages(body)
                : path.contains("/chat/") ? Conversations.chat(body) : Conversations.gemini(body);
    return Replies.of(path, call(conversation), "I did it.", streamed(path, body));
  }

  /// The tool call that is due: the last command nobody has answered yet.
  private static Replies.@Nullable Call call(Conversations.Conversation conversation) {
    var calls = CALL.matcher(conversation.lastPrompt()).results().toList();
    if (!calls.isEmpty() && !conversation.tools().isEmpty()) {
      var due = conversation.answers();
      return due < calls.size() ? named(calls.get(due), conversation) : null;
    }
    var used = USE.matcher(conversation.lastPrompt());
    if (conversation.answers() == 0 && used.find()) {
      return new Replies.Call(used.group(1), object(used.group(2)));
    }
    var found = DO.matcher(conversation.lastPrompt());
    @Nullable String command = null;
    while (found.find()) {
      command = found.group(1);
    }
    if (command == null || conversation.answers() > 0 || conversation.shell() == null) {
      return null;
    }
    return new Replies.Call(
        conversation.shell().path("name").asText(), arguments(conversation.shell(), command));
  }

  private static ObjectNode object(String json) {
    try {
      return (ObjectNode) JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  /// Agents put something of their own before the name of a tool that is not theirs. Who has no
  /// such tool was told of a script that does the same.
  private static Replies.Call named(MatchResult call, Conversations.Conversation conversation) {
    var found =
        conversation.tools().stream()
            .filter(tool -> tool.equals(call.group(1)) || tool.endsWith("_" + call.group(1)))
            .findFirst();
    if (found.isPresent()) {
      return new Replies.Call(found.get(), object(call.group(2)));
    }
    var shell = Objects.requireNonNull(conversation.shell());
    var script = "sh ~/.gemini/intent %s <<'END'\n%s\nEND".formatted(call.group(1), call.group(2));
    return new Replies.Call(shell.path("name").asText(), arguments(shell, script));
  }

  /// Fills what the tool's own schema asks for.
  private static ObjectNode arguments(JsonNode tool, String command) {
    var schema = tool.path("schema");
    var arguments = JSON.createObjectNode();
    schema
        .path("properties")
        .properties()
        .forEach(property -> {
          var name = property.getKey();
          var type = property.getValue().path("type").asText();
          if (name.equals("command") || name.equals("cmd")) {
            if (type.equals("array")) {
              arguments.putArray(name).add("bash").add("-lc").add(command);
            } else {
              arguments.put(name, command);
            }
          } else if (required(schema, name)) {
            arguments.put(name, "do what was asked");
          }
        });
    return arguments;
  }

  private static boolean required(JsonNode schema, String name) {
    for (var each : schema.path("required")) {
      if (each.asText().equals(name)) {
        return true;
      }
    }
    return false;
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

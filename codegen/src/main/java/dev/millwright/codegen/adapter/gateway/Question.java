package dev.millwright.codegen.adapter.gateway;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A call as an agent makes it.
///
/// @param json its body, read; `null` where it is no object
@SuppressWarnings("ArrayRecordComponent") // Made and read once, never compared.
record Question(HttpExchange exchange, byte[] body, @Nullable ObjectNode json) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int BYTES_PER_TOKEN = 3;
  private static final long USUAL_OUTPUT = 4_096;
  private static final Duration FIRST_BYTE = Duration.ofMinutes(10);

  /// Not passed on in either direction: they belong to one connection, name the caller, or hold the
  /// key.
  private static final Set<String> OURS =
      Set.of(
          "authorization",
          "x-api-key",
          "x-goog-api-key",
          "host",
          "connection",
          "content-length",
          "transfer-encoding",
          "accept-encoding",
          "expect",
          "upgrade",
          "keep-alive",
          "te",
          "cookie",
          "set-cookie",
          "proxy-authorization");

  static Question of(HttpExchange exchange, byte[] body) {
    try {
      return new Question(exchange, body, JSON.readTree(body) instanceof ObjectNode it ? it : null);
    } catch (IOException e) {
      // The provider will say what is wrong with it.
      return new Question(exchange, body, null);
    }
  }

  static boolean passes(String header) {
    return !header.startsWith(":") && !OURS.contains(header.toLowerCase(Locale.ROOT));
  }

  String path() {
    return exchange.getRequestURI().getPath();
  }

  /// What it may use at most, seen before it is made.
  Wire.Tokens expected() {
    long output = USUAL_OUTPUT;
    if (json != null) {
      for (var name : new String[] {"max_output_tokens", "max_completion_tokens", "max_tokens"}) {
        output = json.path(name).asLong(output);
      }
    }
    return new Wire.Tokens(body.length / BYTES_PER_TOKEN, 0, output);
  }

  /// The same call to a model, with its key, and its name in place of what the agent asked for.
  HttpRequest to(Upstream model) {
    var request =
        HttpRequest.newBuilder(model.at(exchange.getRequestURI().toString()))
            .timeout(FIRST_BYTE)
            .POST(HttpRequest.BodyPublishers.ofByteArray(named(model)));
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> {
          if (passes(name)) {
            values.forEach(value -> request.header(name, value));
          }
        });
    var key = model.settings().key();
    if (!key.isEmpty()) {
      request.header(model.wire().keyHeader(), model.wire().keyValue(key.reveal()));
    }
    return request.build();
  }

  private byte[] named(Upstream model) {
    var name = model.settings().model();
    if (name.isEmpty() || model.wire() == Wire.GEMINI || json == null || !json.has("model")) {
      return body;
    }
    try {
      return JSON.writeValueAsBytes(json.put("model", name));
    } catch (IOException e) {
      throw new IllegalStateException("what was read can be written", e);
    }
  }
}

package dev.millwright.codegen.adapter.gateway;

import com.sun.net.httpserver.HttpExchange;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/// A call as an agent makes it.
@SuppressWarnings("ArrayRecordComponent") // Made and read once, never compared.
record Question(HttpExchange exchange, byte[] body, Outline outline) {
  private static final int BYTES_PER_TOKEN = 3;
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
    return new Question(exchange, body, Outline.of(body));
  }

  static boolean passes(String header) {
    return !header.startsWith(":") && !OURS.contains(header.toLowerCase(Locale.ROOT));
  }

  String path() {
    return exchange.getRequestURI().getPath();
  }

  /// What it may use at most, seen before it is made.
  Wire.Tokens expected() {
    return new Wire.Tokens(body.length / BYTES_PER_TOKEN, 0, outline.output());
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
    return name.isEmpty() || model.wire() == Wire.GEMINI || outline.names().isEmpty()
        ? body
        : outline.renamed(body, name);
  }
}

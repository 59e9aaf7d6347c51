package dev.millwright.codegen.adapter.gateway;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.millwright.codegen.port.ModelGateway.Trouble;
import dev.millwright.shared.workitem.FailureKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// One call on its way to a model and back. What fails before a byte of the answer has arrived is
/// tried again, then on the next model; an answer that has begun is passed on, whatever it is.
record Forwarding(HttpClient client) implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int TRIES = 3;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration FIRST_BYTE = Duration.ofMinutes(10);
  private static final int CHUNK = 16 * 1024;
  private static final int MOST_REFUSAL = 64 * 1024;
  private static final int BYTES_PER_TOKEN = 3;
  private static final long USUAL_OUTPUT = 4_096;

  /// Not passed on: they belong to one connection, name the caller, or hold the key.
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
          "proxy-authorization");

  void forward(HttpExchange exchange, Wire wire, byte[] body, AttemptPass pass) throws IOException {
    pass.traffic();
    var models = pass.models(wire);
    if (models.isEmpty()) {
      refuse(exchange, wire, pass, FailureKind.AUTH, "no model is configured for this agent");
      return;
    }
    var expected = expected(body);
    for (int i = 0; i < models.size(); i++) {
      var model = models.get(i);
      var cost = model.price().microDollars(expected);
      if (!pass.budget().reserve(cost)) {
        refuse(exchange, wire, pass, FailureKind.QUOTA, over(pass.budget()));
        return;
      }
      long paid = 0;
      try {
        var answer = ask(exchange, model, body, pass);
        if (answer.isEmpty() || Verdicts.passing(answer.get().statusCode())) {
          if (i + 1 < models.size()) {
            answer.ifPresent(Forwarding::drop);
            continue;
          }
        }
        paid =
            answer.isPresent()
                ? pass(exchange, model, answer.get(), pass)
                : unreachable(exchange, model, pass);
        return;
      } finally {
        pass.budget().settle(cost, paid);
      }
    }
  }

  private static String over(Spending budget) {
    return "the budget of this work is spent: %.2f of %.2f US dollars; a person has to raise it"
        .formatted(budget.spent() / 1e6, budget.most() / 1e6);
  }

  private static void refuse(
      HttpExchange exchange, Wire wire, AttemptPass pass, FailureKind kind, String reason)
      throws IOException {
    pass.failed(new Trouble(kind, reason, Optional.empty()));
    HttpGateway.answer(exchange, Optional.of(wire), 403, reason);
  }

  private static long unreachable(HttpExchange exchange, Upstream model, AttemptPass pass)
      throws IOException {
    var reason = model.name() + " cannot be reached";
    pass.failed(new Trouble(FailureKind.OUTSIDE, reason, Optional.empty()));
    HttpGateway.answer(exchange, Optional.of(model.wire()), 502, reason);
    return 0;
  }

  /// What a call may cost at most, seen before it is made.
  private static Wire.Tokens expected(byte[] body) {
    long output = USUAL_OUTPUT;
    try {
      var json = JSON.readTree(body);
      for (var name : new String[] {"max_output_tokens", "max_completion_tokens", "max_tokens"}) {
        output = json.path(name).asLong(output);
      }
    } catch (IOException e) {
      // The provider will say what is wrong with it.
    }
    return new Wire.Tokens(body.length / BYTES_PER_TOKEN, output);
  }

  /// Asks until there is an answer that will not change by asking again at once.
  private Optional<HttpResponse<InputStream>> ask(
      HttpExchange exchange, Upstream model, byte[] body, AttemptPass pass) throws IOException {
    var request = request(exchange, model, body);
    for (int tried = 1; ; tried++) {
      try {
        var answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        pass.traffic();
        var pause = retryAfter(answer).orElse(Duration.ofMillis(250L << tried));
        if (!Verdicts.passing(answer.statusCode())
            || tried == TRIES
            || pause.compareTo(LONGEST_PAUSE) > 0) {
          return Optional.of(answer);
        }
        drop(answer);
        Thread.sleep(pause);
      } catch (IOException e) {
        if (tried == TRIES || pass.closed()) {
          return Optional.empty();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("the gateway is closing");
      }
    }
  }

  private static HttpRequest request(HttpExchange exchange, Upstream model, byte[] body) {
    var request =
        HttpRequest.newBuilder(model.at(exchange.getRequestURI().toString()))
            .timeout(FIRST_BYTE)
            .POST(HttpRequest.BodyPublishers.ofByteArray(named(model, body)));
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> {
          if (!OURS.contains(name.toLowerCase(java.util.Locale.ROOT))) {
            values.forEach(value -> request.header(name, value));
          }
        });
    if (!model.key().isEmpty()) {
      request.header(model.wire().keyHeader(), model.wire().keyValue(model.key().reveal()));
    }
    return request.build();
  }

  /// The model the settings name, whatever the agent asks for.
  private static byte[] named(Upstream model, byte[] body) {
    if (model.model().isEmpty() || model.wire() == Wire.GEMINI) {
      return body;
    }
    try {
      return JSON.readTree(body) instanceof ObjectNode json && json.has("model")
          ? JSON.writeValueAsBytes(json.put("model", model.model()))
          : body;
    } catch (JacksonException e) {
      return body;
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory can be read", e);
    }
  }

  /// Passes an answer on as it comes.
  ///
  /// @return what it cost, in millionths of a dollar
  private static long pass(
      HttpExchange exchange, Upstream model, HttpResponse<InputStream> answer, AttemptPass pass)
      throws IOException {
    copyHeaders(exchange, answer);
    if (answer.statusCode() >= 300) {
      var refusal = answer.body().readNBytes(MOST_REFUSAL);
      drop(answer);
      var words = new String(refusal, StandardCharsets.UTF_8);
      pass.failed(Verdicts.of(model.name(), answer.statusCode(), words, retryAfter(answer)));
      exchange.sendResponseHeaders(answer.statusCode(), refusal.length == 0 ? -1 : refusal.length);
      exchange.getResponseBody().write(refusal);
      return 0;
    }
    var streamed =
        answer.headers().firstValue("content-type").orElse("").startsWith("text/event-stream");
    var meter = new Meter(model.wire(), streamed);
    exchange.sendResponseHeaders(answer.statusCode(), 0);
    try (var in = answer.body();
        var out = exchange.getResponseBody()) {
      var chunk = new byte[CHUNK];
      for (int read = in.read(chunk); read >= 0 && !pass.closed(); read = in.read(chunk)) {
        pass.traffic();
        meter.passed(chunk, read);
        out.write(chunk, 0, read);
        out.flush();
      }
    } finally {
      meter.ended();
      count(model, meter, pass);
    }
    return model.price().microDollars(meter.tokens());
  }

  /// An answer that broke off was no reply, but may have been paid for.
  private static void count(Upstream model, Meter meter, AttemptPass pass) {
    if (meter.whole()) {
      pass.replied(meter.tokens(), model.price().microDollars(meter.tokens()));
    } else {
      pass.failed(
          new Trouble(
              FailureKind.OUTSIDE, model.name() + " broke off in the middle", Optional.empty()));
    }
  }

  private static void copyHeaders(HttpExchange exchange, HttpResponse<InputStream> answer) {
    answer
        .headers()
        .map()
        .forEach((name, values) -> {
          if (!OURS.contains(name.toLowerCase(java.util.Locale.ROOT))
              && !name.startsWith(":")
              && !name.equalsIgnoreCase("set-cookie")) {
            exchange.getResponseHeaders().put(name, values);
          }
        });
  }

  private static Optional<Duration> retryAfter(HttpResponse<?> answer) {
    return answer
        .headers()
        .firstValue("retry-after")
        .filter(value -> value.matches("\\d{1,6}"))
        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
  }

  private static void drop(HttpResponse<InputStream> answer) {
    try {
      answer.body().close();
    } catch (IOException e) {
      // It is not wanted any more.
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}

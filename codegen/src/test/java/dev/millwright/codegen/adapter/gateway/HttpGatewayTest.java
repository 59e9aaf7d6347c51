package dev.millwright.codegen.adapter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.millwright.codegen.port.ModelGateway.Pass;
import dev.millwright.shared.settings.Secret;
import dev.millwright.shared.workitem.FailureKind;
import dev.millwright.shared.workitem.ItemId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpGatewayTest {
  private static final String KEY = "sk-real";
  private static final String REPLY =
      "{\"object\":\"response\",\"usage\":{\"input_tokens\":1000,\"output_tokens\":10}}";
  private static final String ASK = "{\"model\":\"any\",\"max_output_tokens\":10}";

  private final List<AutoCloseable> open = new ArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();

  /// A provider that gives the same answer to everything.
  private final class Provider implements AutoCloseable {
    final List<String> keys = new CopyOnWriteArrayList<>();
    final List<String> bodies = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    Provider(int status, String body) throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            try (exchange) {
              keys.add(exchange.getRequestHeaders().getFirst("Authorization"));
              bodies.add(
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
              var bytes = body.getBytes(StandardCharsets.UTF_8);
              exchange.getResponseHeaders().set("Content-Type", "application/json");
              exchange.sendResponseHeaders(status, bytes.length);
              exchange.getResponseBody().write(bytes);
            }
          });
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.start();
      open.add(this);
    }

    Upstream model(String name) {
      return new Upstream(
          name,
          Wire.RESPONSES,
          URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1"),
          new Secret(KEY),
          name,
          new Upstream.Price(1, 10));
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }

  @AfterEach
  void close_all() throws Exception {
    for (var each : open.reversed()) {
      each.close();
    }
  }

  private Pass admit(Spending budget, Upstream... models) throws IOException {
    var gateway = HttpGateway.start(_ -> List.of(models), () -> budget, Clock.systemUTC());
    open.add(gateway);
    return gateway.admit(new ItemId("task-1"), 1, "codex");
  }

  private HttpResponse<String> post(Pass pass, String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(pass.url() + path))
            .header("Authorization", "Bearer " + pass.token())
            .POST(HttpRequest.BodyPublishers.ofString(ASK))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void the_key_takes_the_tokens_place_and_the_reply_is_counted() throws Exception {
    var provider = new Provider(200, REPLY);
    var pass = admit(Spending.unlimited(), provider.model("gpt"));

    assertThat(post(pass, "/v1/responses").body()).isEqualTo(REPLY);

    assertThat(provider.keys).containsExactly("Bearer " + KEY);
    assertThat(provider.bodies.getFirst()).contains("\"model\":\"gpt\"");
    assertThat(pass.replies()).isEqualTo(1);
    assertThat(pass.spent().inputTokens()).isEqualTo(1000);
    assertThat(pass.spent().outputTokens()).isEqualTo(10);
    assertThat(pass.spent().microDollars()).isEqualTo(1100);
  }

  @Test
  void a_token_dies_with_its_attempt() throws Exception {
    var provider = new Provider(200, REPLY);
    var pass = admit(Spending.unlimited(), provider.model("gpt"));
    pass.close();

    assertThat(post(pass, "/v1/responses").statusCode()).isEqualTo(401);
    assertThat(provider.keys).isEmpty();
  }

  @Test
  void a_stranger_gets_nothing() throws Exception {
    var provider = new Provider(200, REPLY);
    var pass = admit(Spending.unlimited(), provider.model("gpt"));
    var answer =
        client.send(
            HttpRequest.newBuilder(URI.create(pass.url() + "/v1/responses"))
                .header("Authorization", "Bearer mw-guessed")
                .POST(HttpRequest.BodyPublishers.ofString(ASK))
                .build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(provider.keys).isEmpty();
  }

  @Test
  void a_model_that_is_down_is_replaced_by_the_next() throws Exception {
    var down = new Provider(503, "{}");
    var up = new Provider(200, REPLY);
    var pass = admit(Spending.unlimited(), down.model("first"), up.model("second"));

    assertThat(post(pass, "/v1/responses").statusCode()).isEqualTo(200);

    assertThat(down.keys).hasSize(3);
    assertThat(up.bodies.getFirst()).contains("\"model\":\"second\"");
    assertThat(pass.trouble()).isEmpty();
  }

  @Test
  void a_budget_is_refused_before_the_call() throws Exception {
    var provider = new Provider(200, REPLY);
    var pass = admit(new Spending(1_300), provider.model("gpt"));

    assertThat(post(pass, "/v1/responses").statusCode()).isEqualTo(200);
    var second = post(pass, "/v1/responses");

    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(post(pass, "/v1/responses").statusCode()).isEqualTo(403);
    assertThat(pass.trouble())
        .hasValueSatisfying(trouble -> assertThat(trouble.kind()).isEqualTo(FailureKind.QUOTA));
    assertThat(provider.keys).hasSize(2);
  }

  @Test
  void calls_at_the_same_time_cannot_overrun_a_budget_together() throws Exception {
    var budget = new Spending(1_000);
    var started = new CountDownLatch(20);
    var granted = new CopyOnWriteArrayList<Boolean>();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 20; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                started.countDown();
                granted.add(budget.reserve(300));
              }));
    }
    for (var thread : threads) {
      thread.join();
    }

    assertThat(granted).filteredOn(Boolean::booleanValue).hasSize(3);
  }

  @Test
  void an_unknown_path_is_not_passed_on() throws Exception {
    var provider = new Provider(200, REPLY);
    var pass = admit(Spending.unlimited(), provider.model("gpt"));

    assertThat(post(pass, "/v1/files").statusCode()).isEqualTo(404);
    assertThat(post(pass, "/../admin").statusCode()).isEqualTo(404);
    assertThat(provider.keys).isEmpty();
  }

  @Test
  void a_refusal_keeps_the_providers_words_and_meaning() throws Exception {
    var provider = new Provider(400, "{\"error\":{\"code\":\"context_length_exceeded\"}}");
    var pass = admit(Spending.unlimited(), provider.model("gpt"));

    assertThat(post(pass, "/v1/responses").body()).contains("context_length_exceeded");
    assertThat(pass.trouble())
        .hasValueSatisfying(trouble -> assertThat(trouble.kind()).isEqualTo(FailureKind.CONTEXT));
    assertThat(pass.replies()).isZero();
    assertThat(Duration.ZERO).isEqualTo(pass.spent().time());
  }
}

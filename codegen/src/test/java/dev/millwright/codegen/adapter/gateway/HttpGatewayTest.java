package dev.millwright.codegen.adapter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.millwright.codegen.port.Brief;
import dev.millwright.codegen.port.ModelGateway.Pass;
import dev.millwright.shared.settings.ModelSettings;
import dev.millwright.shared.settings.Secret;
import dev.millwright.shared.workitem.FailureKind;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Usage;
import dev.millwright.shared.workspace.Mirrors;
import dev.millwright.shared.workspace.Workspace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpGatewayTest {
  private static final String KEY = "sk-real";
  private static final String REPLY =
      "{\"object\":\"response\",\"usage\":{\"input_tokens\":1000,\"output_tokens\":10}}";
  private static final String CACHED =
      REPLY.replace(
          "\"output_tokens\"",
          "\"input_tokens_details\":{\"cached_tokens\":400},\"output_tokens\"");
  private static final String ASK = "{\"model\":\"any\",\"max_output_tokens\":10}";

  @TempDir Path folder;
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
      return model(name, "openai-responses");
    }

    Upstream model(String name, String protocol) {
      return Upstream.of(
              new ModelSettings(
                  name,
                  protocol,
                  URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1"),
                  new Secret(KEY),
                  name,
                  new ModelSettings.Price(1, 0.1, 10),
                  ModelSettings.Rate.UNLIMITED))
          .orElseThrow();
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

  private Pass admit(Budgets.Most most, Upstream... models) throws IOException {
    return admit("task-1", Usage.NONE, most, models);
  }

  /// In a gateway of its own each time, over the same folder.
  private Pass admit(String item, Usage before, Budgets.Most most, Upstream... models)
      throws IOException {
    var clock = Clock.systemUTC();
    var budgets = new Budgets(Ledger.open(folder.resolve("spending"), clock), () -> most);
    var gateway =
        HttpGateway.start(_ -> List.of(models), budgets, folder.resolve("exchanges"), clock);
    open.add(gateway);
    return gateway.admit(brief(item, before), "codex");
  }

  private Brief brief(String item, Usage before) {
    var mirror = new Mirrors(folder).mirror("orders", "none");
    var place = new Workspace(item, 1, folder, mirror, "0".repeat(40));
    return new Brief(new ItemId(item), 1, Map.of(), place, Duration.ofMinutes(1), before);
  }

  private HttpResponse<String> post(Pass pass, String path) throws Exception {
    return post(pass, path, ASK);
  }

  private HttpResponse<String> post(Pass pass, String path, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(pass.url() + path))
            .header("Authorization", "Bearer " + pass.token())
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void the_key_takes_the_tokens_place_and_the_reply_is_counted() throws Exception {
    var provider = new Provider(200, REPLY);
    var pass = admit(Budgets.Most.UNLIMITED, provider.model("gpt"));

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
    var pass = admit(Budgets.Most.UNLIMITED, provider.model("gpt"));
    pass.close();

    assertThat(post(pass, "/v1/responses").statusCode()).isEqualTo(401);
    assertThat(provider.keys).isEmpty();
  }

  @Test
  void a_stranger_gets_nothing() throws Exception {
    var provider = new Provider(200, REPLY);
    var pass = admit(Budgets.Most.UNLIMITED, provider.model("gpt"));
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
    var pass = admit(Budgets.Most.UNLIMITED, down.model("first"), up.model("second"));

    assertThat(post(pass, "/v1/responses").statusCode()).isEqualTo(200);

    assertThat(down.keys).hasSize(3);
    assertThat(up.bodies.getFirst()).contains("\"model\":\"second\"");
    assertThat(pass.trouble()).isEmpty();
  }

  @Test
  void a_budget_is_refused_before_the_call() throws Exception {
    var provider = new Provider(200, REPLY);
    var pass = admit(new Budgets.Most(0, 1_300, 0), provider.model("gpt"));

    assertThat(post(pass, "/v1/responses").statusCode()).isEqualTo(200);
    var second = post(pass, "/v1/responses");

    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(post(pass, "/v1/responses").statusCode()).isEqualTo(403);
    assertThat(pass.trouble())
        .hasValueSatisfying(trouble -> assertThat(trouble.kind()).isEqualTo(FailureKind.QUOTA));
    assertThat(provider.keys).hasSize(2);
  }

  @Test
  void what_a_gemini_client_asks_for_at_most_is_reserved() throws Exception {
    var provider = new Provider(200, "{\"usageMetadata\":{\"candidatesTokenCount\":10}}");
    var pass = admit(new Budgets.Most(9_000, 0, 0), provider.model("pro", "gemini"));
    var path = "/v1beta/models/pro:generateContent";

    var tooMuch = post(pass, path, "{\"generationConfig\":{\"maxOutputTokens\":9001}}");
    var enough = post(pass, path, "{\"generationConfig\":{\"maxOutputTokens\":8000}}");

    assertThat(tooMuch.statusCode()).isEqualTo(403);
    assertThat(enough.statusCode()).isEqualTo(200);
    assertThat(provider.bodies).hasSize(1);
  }

  @Test
  void what_earlier_attempts_cost_counts_against_the_items_budget() throws Exception {
    var provider = new Provider(200, REPLY);
    var before = new Usage(3_000, 30, 3_300, Duration.ZERO);

    var money = admit("task-1", before, new Budgets.Most(0, 3_350, 0), provider.model("gpt"));
    var tokens = admit("task-2", before, new Budgets.Most(3_035, 0, 0), provider.model("gpt"));
    var enough = admit("task-3", before, new Budgets.Most(4_000, 9_000, 0), provider.model("gpt"));

    assertThat(post(money, "/v1/responses").body()).contains("policy.budgets.item.usd");
    assertThat(post(tokens, "/v1/responses").body()).contains("policy.budgets.item.tokens");
    assertThat(post(enough, "/v1/responses").statusCode()).isEqualTo(200);
    assertThat(money.trouble())
        .hasValueSatisfying(trouble -> {
          assertThat(trouble.kind()).isEqualTo(FailureKind.QUOTA);
          assertThat(trouble.after()).as("only a person can help").isEmpty();
        });
  }

  @Test
  void the_days_budget_is_for_all_items_and_is_known_after_a_restart() throws Exception {
    var provider = new Provider(200, REPLY);
    var most = new Budgets.Most(0, 0, 2_300);

    var first = admit("task-1", Usage.NONE, most, provider.model("gpt"));
    assertThat(post(first, "/v1/responses").statusCode()).isEqualTo(200);
    var second = admit("task-2", Usage.NONE, most, provider.model("gpt"));
    assertThat(post(second, "/v1/responses").statusCode()).isEqualTo(200);
    var third = admit("task-3", Usage.NONE, most, provider.model("gpt"));

    assertThat(post(third, "/v1/responses").body()).contains("policy.budgets.day.usd");
    assertThat(third.trouble())
        .hasValueSatisfying(trouble -> {
          assertThat(trouble.kind()).isEqualTo(FailureKind.QUOTA);
          assertThat(trouble.after())
              .hasValueSatisfying(
                  after -> assertThat(after).isPositive().isLessThanOrEqualTo(Duration.ofDays(1)));
        });
    assertThat(provider.keys).hasSize(2);
  }

  @Test
  void what_the_provider_had_in_its_cache_costs_what_the_settings_say() throws Exception {
    var provider = new Provider(200, CACHED);
    var pass = admit(Budgets.Most.UNLIMITED, provider.model("gpt"));

    post(pass, "/v1/responses");

    assertThat(pass.spent()).isEqualTo(new Usage(1_000, 10, 600 + 40 + 100, Duration.ZERO));
  }

  @Test
  void what_was_said_is_kept_without_keys() throws Exception {
    var provider =
        new Provider(
            200, REPLY.replace("\"object\"", "\"echo\":\"é %s\",\"object\"".formatted(KEY)));
    var pass = admit(Budgets.Most.UNLIMITED, provider.model("gpt"));

    post(
        pass,
        "/v1/responses",
        "{\"model\":\"any\",\"input\":\"my token is " + pass.token() + "\"}");
    pass.close();

    var kept = Files.readString(pass.exchanges().orElseThrow());
    assertThat(kept)
        .contains("my token is [secret]", "é [secret]", "\"input\":1000,", "\"whole\":true")
        .doesNotContain(KEY, pass.token());
    assertThat(kept.lines()).hasSize(3);
  }

  @Test
  void a_provider_that_repeats_the_key_does_not_tell_it_to_the_agent() throws Exception {
    var provider = new Provider(401, "{\"error\":\"bad key: " + KEY + "\"}");
    var pass = admit(Budgets.Most.UNLIMITED, provider.model("gpt"));

    assertThat(post(pass, "/v1/responses").body()).contains("bad key: [secret]");
    assertThat(pass.trouble())
        .hasValueSatisfying(trouble -> assertThat(trouble.reason()).doesNotContain(KEY));
  }

  @Test
  void calls_at_the_same_time_cannot_overrun_a_budget_together() throws Exception {
    var ledger = Ledger.open(folder, Clock.systemUTC());
    var budgets = new Budgets(ledger, () -> new Budgets.Most(0, 1_000, 0));
    var granted = new CopyOnWriteArrayList<Boolean>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20; i++) {
        threads.execute(() -> {
          var purse = budgets.open(Guest.of(brief("task-1", Usage.NONE)));
          granted.add(purse.reserve(new Budgets.Amount(0, 300)).isEmpty());
        });
      }
    }

    assertThat(granted).hasSize(20).filteredOn(Boolean::booleanValue).hasSize(3);
  }

  @Test
  void an_unknown_path_is_not_passed_on() throws Exception {
    var provider = new Provider(200, REPLY);
    var pass = admit(Budgets.Most.UNLIMITED, provider.model("gpt"));

    assertThat(post(pass, "/v1/files").statusCode()).isEqualTo(404);
    assertThat(post(pass, "/../admin").statusCode()).isEqualTo(404);
    assertThat(provider.keys).isEmpty();
  }

  @Test
  void a_refusal_keeps_the_providers_words_and_meaning() throws Exception {
    var provider = new Provider(400, "{\"error\":{\"code\":\"context_length_exceeded\"}}");
    var pass = admit(Budgets.Most.UNLIMITED, provider.model("gpt"));

    assertThat(post(pass, "/v1/responses").body()).contains("context_length_exceeded");
    assertThat(pass.trouble())
        .hasValueSatisfying(trouble -> assertThat(trouble.kind()).isEqualTo(FailureKind.CONTEXT));
    assertThat(pass.replies()).isZero();
    assertThat(Duration.ZERO).isEqualTo(pass.spent().time());
  }
}

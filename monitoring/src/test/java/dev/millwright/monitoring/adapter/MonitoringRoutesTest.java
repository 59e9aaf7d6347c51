package dev.millwright.monitoring.adapter;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.shared.http.HttpServer;
import dev.millwright.shared.http.Json;
import dev.millwright.shared.http.Tokens;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
class MonitoringRoutesTest {
  private static final int HOSTILE_BODIES = 500;

  private Path folder = Path.of("");
  private final ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "http-test");
  private final HttpClient client = HttpClient.newHttpClient();
  private ScriptedFactory factory = new ScriptedFactory(Path.of(""));
  private HttpServer.Bound server;

  @BeforeAll
  void start(@TempDir Path transcripts) {
    folder = transcripts;
    factory = new ScriptedFactory(folder);
    server = factory.start(system, Tokens.none());
  }

  @AfterAll
  void stop() throws Exception {
    server.stop().toCompletableFuture().join();
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().get();
  }

  private HttpRequest.Builder at(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + server.address().getPort() + path));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(at(path).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
    var request =
        at(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static void refused(HttpResponse<String> response, int status, String code) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    var error = Json.parse(response.body().getBytes(StandardCharsets.UTF_8)).path("error");
    assertThat(error.path("code").asText()).isEqualTo(code);
    assertThat(error.path("message").asText()).isNotBlank();
  }

  @Test
  void every_declared_get_answers_and_is_in_the_openapi_document() throws Exception {
    var document = Json.parse(get("/api/v1/openapi.json").body().getBytes(StandardCharsets.UTF_8));

    assertThat(document.path("openapi").asText()).isEqualTo("3.1.0");
    for (var path : document.path("paths").properties()) {
      if (path.getValue().has("get") && !path.getKey().matches(".*(stream|events|rest}|/)")) {
        var response = get(path.getKey().replace("{id}", "w-1"));
        assertThat(response.statusCode()).as(path.getKey()).isEqualTo(200);
      }
    }
  }

  @Test
  void an_item_has_the_promised_shape() throws Exception {
    var item = Json.parse(get("/api/v1/items/w-1").body().getBytes(StandardCharsets.UTF_8));

    assertThat(item.path("status").asText()).isEqualTo("waiting");
    assertThat(item.path("waiting_on").asText()).isEqualTo("review");
    assertThat(item.path("created_at").asText()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(item.has("contract")).isTrue();
    assertThat(item.path("contract").isNull()).isTrue();
  }

  @Test
  void every_refusal_has_the_documented_form() throws Exception {
    refused(get("/nowhere"), 404, "not_found");
    refused(get("/api/v1/items/w-2"), 404, "no_such_item");
    refused(get("/api/v1/items?limit=0"), 422, "invalid");
    refused(get("/api/v1/items?what=1"), 422, "invalid");
    refused(post("/api/v1/stages", "{}"), 405, "method_not_allowed");
    refused(post("/api/v1/items/w-1/rework", "{"), 400, "malformed");
    refused(post("/api/v1/items/w-1/rework", "{}"), 422, "invalid");
    refused(post("/api/v1/items/w-1/rework", "{\"coment\":\"x\"}"), 422, "invalid");
    refused(post("/api/v1/items/w-1/cancel", "{}"), 409, "not_in_this_state");
    refused(post("/api/v1/items/w-9/cancel", "{}"), 404, "no_such_item");
    refused(post("/api/v1/items/w-1/approve", "{\"commit\":\"f00\"}"), 409, "another_commit");
    refused(post("/api/v1/items/w-1/cancel", "x".repeat(2 << 20)), 413, "too_large");
    var text = at("/api/v1/items/w-1/cancel").header("Content-Type", "text/plain");
    refused(
        client.send(
            text.POST(HttpRequest.BodyPublishers.ofString("x")).build(), BodyHandlers.ofString()),
        415,
        "unsupported_media_type");
  }

  @Test
  void metrics_are_what_prometheus_reads() throws Exception {
    get("/api/v1/items/w-1");
    var response = get("/metrics");
    var families = PrometheusText.parse(response.body());

    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .isEqualToIgnoringCase(Exposition.CONTENT_TYPE);
    assertThat(families)
        .containsKeys(
            "millwright_items",
            "millwright_attempts_total",
            "millwright_stage_queued",
            "millwright_stage_capacity",
            "millwright_stage_duration_seconds",
            "millwright_lead_time_seconds",
            "millwright_signals_total",
            "millwright_projection_lag_seconds",
            "millwright_http_requests_total",
            "millwright_http_request_duration_seconds",
            "jvm_memory_used_bytes",
            "process_cpu_seconds_total");
    assertThat(requireNonNull(families.get("millwright_http_requests_total")).samples())
        .containsKey(
            new PrometheusText.Sample(
                "millwright_http_requests_total",
                Map.of("method", "GET", "path", "/api/v1/items/{id}", "status", "200")));
  }

  @Test
  void readiness_says_what_is_missing() throws Exception {
    factory.missing = List.of("the database does not answer");
    try {
      var response = get("/health/ready");
      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.body()).contains("not_ready", "the database does not answer");
      assertThat(get("/health/live").statusCode()).isEqualTo(200);
    } finally {
      factory.missing = List.of();
    }
    assertThat(get("/health/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void a_foreign_page_cannot_decide_and_a_foreign_name_is_not_served() throws Exception {
    refused(
        post("/api/v1/items/w-1/approve", "{}", "Origin", "http://evil.example"),
        403,
        "foreign_origin");
    refused(
        post("/api/v1/items/w-1/approve", "{}", "Sec-Fetch-Site", "cross-site"),
        403,
        "foreign_origin");
    refused(
        post("/api/v1/items/w-1/approve", "{}", "X-Forwarded-For", "10.0.0.1"),
        403,
        "not_an_operator");
    assertThat(raw("GET /api/v1/items HTTP/1.1\r\nHost: evil.example\r\n\r\n")).contains("403");
    assertThat(post("/api/v1/items/w-1/approve", "{}").statusCode()).isEqualTo(200);
  }

  @Test
  void what_is_not_http_is_refused_in_the_same_words() throws Exception {
    assertThat(raw("BREW / HTTP/1.1\r\nHost: localhost\r\n\r\n")).contains("501");
    assertThat(raw("GET / HTTP/1.1\r\n\r\n")).contains("400");
  }

  private String raw(String request) throws Exception {
    try (var socket = new Socket(server.address().getAddress(), server.address().getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      var reader =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      return String.valueOf(reader.readLine());
    }
  }

  @Test
  void a_stream_says_hello_the_line_and_what_changed() throws Exception {
    var response = client.send(at("/api/v1/stream").build(), BodyHandlers.ofLines());
    try (var lines = response.body()) {
      var seen =
          lines
              .filter(line -> line.startsWith("event: "))
              .peek(_ -> factory.changed())
              .distinct()
              .limit(4)
              .toList();
      assertThat(seen)
          .startsWith("event: hello")
          .contains("event: item", "event: stages", "event: summary");
    }
  }

  @Test
  void a_transcript_can_be_read_in_ranges() throws Exception {
    Files.writeString(folder.resolve("w-1.log"), "one\ntwo\n");

    var range =
        client.send(
            at("/api/v1/items/w-1/transcript").header("Range", "bytes=4-").build(),
            BodyHandlers.ofString());

    assertThat(range.statusCode()).isEqualTo(206);
    assertThat(range.body()).isEqualTo("two\n");
    assertThat(range.headers().firstValue("Content-Range")).contains("bytes 4-7/8");
  }

  @Test
  void with_tokens_only_their_holders_come_in() throws Exception {
    var guarded = factory.start(system, new Tokens(Map.of("ann", "secret")));
    var items =
        HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + guarded.address().getPort() + "/api/v1/items"));

    refused(client.send(items.build(), BodyHandlers.ofString()), 401, "no_token");
    var shown = items.header("Authorization", "Bearer secret").build();
    assertThat(client.send(shown, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    guarded.stop().toCompletableFuture().join();
  }

  @Test
  void no_body_however_hostile_is_an_error_of_ours() throws Exception {
    var random = new Random(7);
    var pieces =
        new String[] {
          "{",
          "}",
          "[",
          "]",
          "\"comment\"",
          ":",
          ",",
          "null",
          "1e999",
          "\"\u0000\"",
          "\"x\"",
          "\\",
          "\ud83d"
        };
    for (var i = 0; i < HOSTILE_BODIES; i++) {
      var body = new StringBuilder();
      for (var n = random.nextInt(12); n >= 0; n--) {
        body.append(pieces[random.nextInt(pieces.length)]);
      }
      var status = post("/api/v1/items/w-1/rework", body.toString()).statusCode();
      assertThat(status).as(body.toString()).isBetween(200, 499);
    }
  }
}

package dev.millwright.app.http;

import static dev.millwright.app.http.Wire.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.app.http.Document.Declared;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/// The whole set of routes: that it is there, that it is described, that it answers as described.
@TestInstance(Lifecycle.PER_CLASS)
class RouteSetTest {
  private static final Path PAGE = Path.of("../../docs/reference/http.md");

  /// What the design promises other programs; what later work adds may only make this longer.
  private static final Set<String> PROMISED =
      Set.of(
          "POST /api/v1/signals",
          "GET /api/v1/items",
          "GET /api/v1/items/{id}",
          "GET /api/v1/items/{id}/history",
          "GET /api/v1/items/{id}/context",
          "GET /api/v1/items/{id}/diff",
          "GET /api/v1/items/{id}/evidence",
          "GET /api/v1/items/{id}/transcript",
          "GET /api/v1/items/{id}/events",
          "POST /api/v1/items/{id}/approve",
          "POST /api/v1/items/{id}/reject",
          "POST /api/v1/items/{id}/rework",
          "POST /api/v1/items/{id}/answer",
          "POST /api/v1/items/{id}/steer",
          "POST /api/v1/items/{id}/cancel",
          "POST /api/v1/items/{id}/retry",
          "GET /api/v1/items/{id}/bundle",
          "GET /api/v1/repos",
          "POST /api/v1/repos/{repo}/handovers",
          "GET /api/v1/stages",
          "GET /api/v1/metrics/summary",
          "GET /api/v1/stream",
          "POST /api/v1/pause",
          "POST /api/v1/resume",
          "POST /hooks/{kind}",
          "POST /hooks/{kind}/{name}",
          "GET /api/v1/deliveries",
          "GET /api/v1/deliveries/{delivery}",
          "POST /api/v1/deliveries/{delivery}/replay",
          "GET /api/v1/state",
          "GET /api/v1/{issue_identifier}",
          "POST /api/v1/refresh",
          "GET /api/v1/openapi.json",
          "GET /health/live",
          "GET /health/ready",
          "GET /metrics",
          "GET /");

  private Wire wire;
  private Document document;
  private String item = "";
  private String delivery = "";

  @BeforeAll
  void start(@TempDir Path data) {
    wire =
        Wire.start(
            data,
            Hook.intake(
                "webhooks: {any: {kind: generic, secret: $SECRET, auth: bearer, map: {title:"
                    + " /t}}}"));
    document = Document.of(wire);
    delivery =
        new Hook(wire, "/hooks/generic/any", "")
            .send("{\"t\": \"Look at this\"}", "Authorization", "Bearer " + Hook.SECRET)
            .json()
            .path("delivery_id")
            .asText();
    item = wire.signal("{\"title\": \"Look at me\"}").json().path("item_id").asText();
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() ->
            wire.get("/api/v1/items/" + item).json().path("status").asText().equals("waiting"));
  }

  @AfterAll
  void stop() {
    wire.close();
  }

  @Test
  void every_promised_route_is_declared() {
    assertThat(document.operations()).extracting(Declared::toString).containsAll(PROMISED);
  }

  @Test
  void the_document_is_openapi() throws IOException {
    assertThat(document.mistakes()).isEmpty();
    assertThat(document.root().path("openapi").asText()).isEqualTo("3.1.0");
    assertThat(document.operations())
        .extracting(it -> it.node().path("operationId").asText())
        .doesNotHaveDuplicates();
  }

  @Test
  void a_document_that_is_not_openapi_would_be_found() throws IOException {
    var broken = document.root().deepCopy();
    ((com.fasterxml.jackson.databind.node.ObjectNode) broken.at("/paths/~1metrics/get"))
        .put("responses", 7);

    assertThat(new Document(broken).mistakes()).isNotEmpty();
  }

  @Test
  void every_get_answers_as_declared() {
    for (var operation : document.operations()) {
      if (operation.method().equals("get") && !streams(operation)) {
        var path =
            path(operation).replace("{rest}", "app.js").replace("{issue_identifier}", "ABC-1");
        var answer = wire.get(path);
        // The item has changed nothing, so there is nothing to take; and no board has a ticket.
        int expected = path.endsWith("/bundle") || path.endsWith("/ABC-1") ? 404 : 200;
        assertThat(answer.status()).as("%s: %s", operation, answer.text()).isEqualTo(expected);
        assertThat(document.mistakes(operation, answer)).as(operation.toString()).isEmpty();
      }
    }
  }

  /// With the names of things that are there.
  private String path(Declared operation) {
    return operation
        .path()
        .replace("{id}", item)
        .replace("{repo}", "orders")
        .replace("{delivery}", delivery);
  }

  private static boolean streams(Declared operation) {
    return operation.node().at("/responses/200/content").has("text/event-stream");
  }

  @Test
  void metrics_tell_what_happened() {
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() ->
            assertThat(wire.get("/metrics").text())
                .containsPattern(
                    "(?m)^millwright_attempts_total\\{stage=\"triage\",outcome=\"wait\"} [1-9]")
                .containsPattern("(?m)^millwright_signals_total\\{fate=\"accepted\"} [1-9]")
                .contains("millwright_ready 1\n"));
  }

  @Test
  void every_stream_begins_as_declared() throws IOException {
    for (var operation : document.operations()) {
      if (streams(operation)) {
        try (var socket = wire.connect()) {
          var path = path(operation);
          socket
              .getOutputStream()
              .write(
                  ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                      .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
          var reader =
              new java.io.BufferedReader(
                  new java.io.InputStreamReader(
                      socket.getInputStream(), java.nio.charset.StandardCharsets.UTF_8));
          var seen = new HashSet<String>();
          for (var line = reader.readLine();
              line != null && !line.startsWith("data: ");
              line = reader.readLine()) {
            seen.add(line);
          }
          assertThat(seen).contains("HTTP/1.1 200 OK", "Content-Type: text/event-stream");
          assertThat(seen).anyMatch(line -> line.matches("event: (hello|item|boards|deliveries)"));
        }
      }
    }
  }

  @Test
  void every_decision_answers_as_declared() {
    var bodies =
        Map.of(
            "approve", "{}",
            "reject", "{\"reason\": \"no\"}",
            "rework", "{\"comment\": \"smaller\"}",
            "answer", "{\"text\": \"orders\"}",
            "steer", "{\"text\": \"mind the tests\"}",
            "cancel", "{\"reason\": \"enough\"}",
            "retry", "{}");
    for (var verb : List.of("approve", "rework", "cancel", "answer", "steer", "reject", "retry")) {
      var operation = document.find("post", "/api/v1/items/{id}/" + verb).orElseThrow();
      var answer =
          wire.post(
              "/api/v1/items/" + item + "/" + verb,
              JSON,
              java.util.Objects.requireNonNull(bodies.get(verb)));
      assertThat(answer.status()).as(verb + answer.text()).isIn(200, 409);
      assertThat(document.mistakes(operation, answer)).as(verb).isEmpty();
      wire.post("/api/v1/items/no-such/" + verb, JSON, bodies.get(verb))
          .refused(404, "no_such_item");
    }
    assertThat(wire.get("/api/v1/items/" + item).json().path("progress").path("attempts").asInt())
        .isPositive();
  }

  @Test
  void pausing_and_resuming_answer_as_declared() {
    for (var path : List.of("/api/v1/pause", "/api/v1/resume")) {
      var operation = document.find("post", path).orElseThrow();
      var paused = path.endsWith("pause");
      var answer = wire.post(path, JSON, "{\"stage\": \"codegen\"}");
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      assertThat(document.mistakes(operation, answer)).isEmpty();
      var line = wire.get("/api/v1/stages").json();
      assertThat(line.at("/stages/1/paused").asBoolean()).isEqualTo(paused);
      var wrong = wire.post(path, JSON, "{\"stage\": \"lunch\"}").refused(422, "invalid");
      assertThat(wrong.path("field").asText()).isEqualTo("stage");
    }
    var nobodys = wire.post("/api/v1/pause", JSON, "{\"repo\": \"oders\"}").refused(422, "invalid");
    assertThat(nobodys.path("field").asText()).isEqualTo("repo");
  }

  @Test
  void every_signal_the_document_allows_is_taken_and_no_other() {
    var operation = document.find("post", Wire.SIGNALS).orElseThrow();
    var schema = operation.node().at("/requestBody/content").path(JSON).path("schema");
    for (var body :
        List.of(
            "{\"title\": \"x\"}",
            "{\"title\": \"x\", \"kind\": null, \"labels\": [], \"priority\": 4, \"facts\": {}}",
            "{\"title\": 1}",
            "{\"title\": \"x\", \"more\": 1}",
            "{}")) {
      var answer = wire.signal(body);
      var allowed =
          document
              .mistakes(
                  schema,
                  dev.millwright.shared.http.Json.parse(
                      body.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
              .isEmpty();
      assertThat(answer.status()).as(body).isEqualTo(allowed ? 202 : 422);
      assertThat(document.mistakes(operation, answer)).isEmpty();
    }
  }

  @Test
  void every_operation_refuses_a_foreign_media_type_or_reads_none() {
    for (var operation : document.operations()) {
      if (operation.method().equals("post") && !operation.mediaTypes().isEmpty()) {
        var path = path(operation).replaceAll("\\{[a-z]+}", "any");
        var request =
            wire.at(path).header("Content-Type", "text/plain").POST(BodyPublishers.ofString("x"));
        wire.send(request.build()).refused(415, "unsupported_media_type");
      }
    }
  }

  /// `-Dmillwright.write-docs=true` writes the page instead of comparing it.
  @Test
  void the_reference_page_is_what_the_declarations_say() throws IOException {
    var page = HttpReferencePage.markdown(document);
    if (Boolean.getBoolean("millwright.write-docs")) {
      Files.writeString(PAGE, page);
    }

    assertThat(PAGE).as("run with -Dmillwright.write-docs=true to write it").hasContent(page);
  }
}

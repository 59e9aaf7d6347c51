package dev.millwright.app.http;

import static dev.millwright.app.http.Wire.JSON;
import static dev.millwright.app.http.Wire.SIGNALS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.app.http.Wire.Answer;
import dev.millwright.shared.settings.LineSettings;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(Lifecycle.PER_CLASS)
class SignalsTest {
  private static final String CLOUD_EVENT = "application/cloudevents+json";
  private static final int MEBIBYTE = 1 << 20;

  private Wire wire;

  @BeforeAll
  void start(@TempDir Path data) {
    wire = Wire.start(data);
  }

  @AfterAll
  void stop() {
    wire.close();
  }

  @Test
  void a_signal_is_durable_when_it_is_acknowledged() {
    var answer = wire.signal("{\"title\": \"Mend the pump\", \"key\": \"alert:pump\"}");

    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    assertThat(answer.json().path("item_id").asText()).isEqualTo("alert-pump");
    assertThat(answer.json().path("signal_key").asText()).isEqualTo("alert:pump");
    assertThat(answer.json().path("duplicate").asBoolean()).isFalse();
    assertThat(answer.json().path("url").asText()).isEqualTo(wire.url() + "/items/alert-pump");
    assertThat(answer.json()).hasSize(4);
    assertThat(wire.get("/items/alert-pump").status()).isEqualTo(200);
    var item = wire.get("/api/v1/items/alert-pump");
    assertThat(item.json().path("title").asText()).isEqualTo("Mend the pump");
    assertThat(item.json().path("url")).isEqualTo(answer.json().path("url"));
  }

  @Test
  void the_same_key_again_is_a_duplicate() {
    var body = "{\"title\": \"Again\", \"key\": \"task:again\"}";

    assertThat(wire.signal(body).status()).isEqualTo(202);
    var again = wire.signal(body);

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().path("duplicate").asBoolean()).isTrue();
    assertThat(again.json().path("item_id").asText()).isEqualTo("task-again");
  }

  @Test
  void a_signal_without_a_key_gets_one_of_its_own() {
    var one = wire.signal("{\"title\": \"Nameless\"}");
    var other = wire.signal("{\"title\": \"Nameless\"}");

    assertThat(one.json().path("signal_key").asText()).startsWith("task:");
    assertThat(one.json().path("item_id")).isNotEqualTo(other.json().path("item_id"));
  }

  @Test
  void an_idempotency_key_names_one_request() {
    var first = wire.signal("{\"title\": \"Once\"}", "Idempotency-Key", "5f0c-a1");
    var again = wire.signal("{\"title\": \"Once\"}", "Idempotency-Key", "5f0c-a1");

    assertThat(first.status()).isEqualTo(202);
    assertThat(first.json().path("signal_key").asText()).isEqualTo("task:5f0c-a1");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().path("item_id")).isEqualTo(first.json().path("item_id"));

    var other = wire.signal("{\"title\": \"Something else\"}", "Idempotency-Key", "5f0c-a1");
    var error = other.refused(422, "invalid");
    assertThat(error.path("field").asText()).isEqualTo("Idempotency-Key");
    var item = wire.get("/api/v1/items/" + first.json().path("item_id").asText());
    assertThat(item.json().path("title").asText()).isEqualTo("Once");
  }

  @Test
  void two_idempotency_keys_that_read_alike_are_two() {
    var one = wire.signal("{\"title\": \"One\"}", "Idempotency-Key", "like.this");
    var other = wire.signal("{\"title\": \"Other\"}", "Idempotency-Key", "like/this");
    var otherAgain = wire.signal("{\"title\": \"Changed\"}", "Idempotency-Key", "like/this");

    assertThat(other.status()).isEqualTo(202);
    assertThat(one.json().path("item_id")).isNotEqualTo(other.json().path("item_id"));
    otherAgain.refused(422, "invalid");
  }

  @Test
  void a_structured_cloud_event_is_a_signal() {
    var event =
        """
        {"specversion": "1.0", "id": "77", "source": "/monitor/orders", "type": "com.acme.alert",
         "subject": "queue grows", "tenant": "eu",
         "data": {"body": "since noon", "priority": 1, "alert": {"severity": "high"}}}
        """;

    var answer = wire.post(SIGNALS, CLOUD_EVENT, event);

    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    assertThat(answer.json().path("signal_key").asText())
        .isEqualTo("cloudevent:/monitor/orders#77");
    var id = answer.json().path("item_id").asText();
    var signal = wire.get("/api/v1/items/" + id + "/context").json().path("signal");
    assertThat(signal.path("title").asText()).isEqualTo("queue grows");
    assertThat(signal.path("priority").asInt()).isEqualTo(1);
    assertThat(signal.path("facts").path("alert.severity").asText()).isEqualTo("high");
    assertThat(wire.post(SIGNALS, CLOUD_EVENT, event).json().path("item_id").asText())
        .isEqualTo(id);
  }

  @Test
  void a_binary_cloud_event_is_a_signal() {
    var answer =
        wire.post(
            SIGNALS,
            JSON,
            "{\"note\": \"look\"}",
            "ce-specversion",
            "1.0",
            "ce-id",
            "b1",
            "ce-source",
            "sensor",
            "ce-type",
            "com.acme.smoke",
            "ce-subject",
            "Euro%20%E2%82%AC%20%F0%9F%98%80 and 1+1");

    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    var id = answer.json().path("item_id").asText();
    assertThat(wire.get("/api/v1/items/" + id).json().path("title").asText())
        .isEqualTo("Euro € 😀 and 1+1");
  }

  @Test
  void a_cloud_event_that_is_not_one_is_refused() {
    wire.post(SIGNALS, CLOUD_EVENT, "{\"specversion\": \"0.3\", \"id\": \"1\"}")
        .refused(422, "invalid");
    var attributes = "\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"s\", \"type\": \"t\"";
    var base64 = wire.post(SIGNALS, CLOUD_EVENT, "{" + attributes + ", \"data_base64\": \"AA==\"}");
    assertThat(base64.refused(422, "invalid").path("field").asText()).isEqualTo("data_base64");
    wire.signal("{}", "ce-specversion", "1.0", "ce-id", "x").refused(422, "invalid");
    var bad = wire.signal("{}", "ce-specversion", "1.0", "ce-id", "%zz");
    assertThat(bad.refused(422, "invalid").path("field").asText()).isEqualTo("ce-id");
  }

  @Test
  void many_equal_keys_at_the_same_moment_give_one_item() throws Exception {
    var answers = atOnce(40, _ -> wire.signal("{\"title\": \"Storm\", \"key\": \"task:storm\"}"));

    assertThat(answers).extracting(Answer::status).containsOnly(200, 202);
    assertThat(answers).filteredOn(answer -> answer.status() == 202).hasSize(1);
    assertThat(answers)
        .extracting(answer -> answer.json().path("item_id").asText())
        .containsOnly("task-storm");
    // The list takes events in their order: what came before the last is in it when that is.
    wire.signal("{\"title\": \"Calm\", \"key\": \"task:calm\"}");
    await().until(() -> wire.items().contains("task-calm"));
    assertThat(wire.items()).filteredOn(id -> id.startsWith("task-storm")).hasSize(1);
  }

  private static List<Answer> atOnce(int many, java.util.function.IntFunction<Answer> one)
      throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks =
          IntStream.range(0, many).<Callable<Answer>>mapToObj(n -> () -> one.apply(n)).toList();
      var answers = new ArrayList<Answer>();
      for (var answer : threads.invokeAll(tasks)) {
        answers.add(answer.get());
      }
      return answers;
    }
  }

  static List<byte[]> malformed() {
    return List.of(
        utf8("{\"title\": "),
        utf8("{\"title\": \"x\"} {}"),
        utf8("{'title': 'x'}"),
        utf8("{\"title\": \"x\", \"title\": \"y\"}"),
        utf8("\0{\"title\": \"x\"}"),
        utf8("{\"title\": \"a\0b\"}"),
        utf8("{\"title\": " + "[".repeat(10_000)),
        utf8("{\"title\": \"x\", \"facts\": " + "{\"a\":".repeat(100) + "1" + "}".repeat(101)),
        utf8("{\"title\": \"x\", \"priority\": " + "9".repeat(5_000) + "}"),
        utf8("{\"title\": \"x\", \"priority\": NaN}"),
        utf8("   "),
        "{\"title\": \"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1),
        "{\"title\": \"x\"}".getBytes(StandardCharsets.UTF_16),
        new byte[] {'{', '"', 't', '"', ':', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', '}'},
        new byte[] {'"', (byte) 0xc0, (byte) 0xaf, '"'});
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void what_is_not_json_is_malformed(byte[] body) {
    var request =
        wire.at(SIGNALS).header("Content-Type", JSON).POST(BodyPublishers.ofByteArray(body));

    wire.send(request.build()).refused(400, "malformed");
  }

  @Test
  void an_empty_body_is_malformed() {
    wire.signal("").refused(400, "malformed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          title            | {"body": "x"}
          title            | {"title": null}
          title            | {"title": 7}
          title            | {"title": ""}
          title            | {"title": "  "}
          title            | {"title": "nul \\u0000 inside"}
          title            | {"title": "half \\ud83d a character"}
          body             | {"title": "x", "body": []}
          kind             | {"title": "x", "kind": {}}
          labels           | {"title": "x", "labels": "bug"}
          labels[1]        | {"title": "x", "labels": ["a", null]}
          labels[0]        | {"title": "x", "labels": [" "]}
          priority         | {"title": "x", "priority": 5}
          priority         | {"title": "x", "priority": -1}
          priority         | {"title": "x", "priority": "1"}
          priority         | {"title": "x", "priority": 1.5}
          priority         | {"title": "x", "priority": 1e400}
          priority         | {"title": "x", "priority": 99999999999999999999}
          repo             | {"title": "x", "repo": true}
          agent            | {"title": "x", "agent": 1}
          key              | {"title": "x", "key": ""}
          key              | {"title": "x", "key": " "}
          key              | {"title": "x", "key": "a\\nb"}
          source           | {"title": "x", "source": ""}
          link             | {"title": "x", "link": "javascript:alert(1)"}
          link             | {"title": "x", "link": "https://a b"}
          facts.a          | {"title": "x", "facts": {"a": 1}}
          facts.a          | {"title": "x", "facts": {"a": null}}
          facts.b          | {"title": "x", "facts": {"b": "\\u0000"}}
          author           | {"title": "x", "author": ""}
          titel            | {"title": "x", "titel": "y"}
          body             | []
          body             | "text"
          body             | null
          """)
  void an_invalid_field_is_named_with_a_hint(String field, String body) {
    var error = wire.signal(body).refused(422, "invalid");

    assertThat(error.path("field").asText()).isEqualTo(field);
    assertThat(error.path("hint").asText()).isNotBlank();
  }

  @Test
  void what_is_too_long_is_named() {
    var limits =
        Map.of(
            "title", 300, "body", 500_000, "kind", 64, "repo", 200, "agent", 100, "key", 256,
            "source", 64, "link", 2_000, "author", 100);
    limits.forEach((field, most) -> {
      var value = (field.equals("link") ? "https://" : "") + "x".repeat(most + 1);
      var fields = new java.util.HashMap<String, Object>(Map.of("title", "x"));
      fields.put(field, value);
      var body = json(fields);
      assertThat(wire.signal(body).refused(422, "invalid").path("field").asText()).isEqualTo(field);
    });
    var labels = json(Map.of("title", "x", "labels", java.util.Collections.nCopies(51, "a")));
    assertThat(wire.signal(labels).refused(422, "invalid").path("field").asText())
        .isEqualTo("labels");
  }

  private static String json(Object value) {
    return dev.millwright.shared.http.Json.text(value);
  }

  @Test
  void any_words_are_kept_as_they_are() {
    var title = "Ünïcödé \u202e 😀 %s ${x} <script>alert(1)</script> ' \" \\ \u2028 ../..";

    var answer = wire.signal(json(Map.of("title", title, "body", title)));

    assertThat(answer.status()).isEqualTo(202);
    var id = answer.json().path("item_id").asText();
    assertThat(wire.get("/api/v1/items/" + id).json().path("title").asText()).isEqualTo(title);
    await().until(() -> wire.items().contains(id));
  }

  @Test
  void a_body_may_have_a_mebibyte_and_no_byte_more() throws Exception {
    var body = "{\"title\": \"large\"}";
    var most = body + " ".repeat(MEBIBYTE - body.length());

    assertThat(wire.signal(most).status()).isEqualTo(202);
    wire.signal(most + " ").refused(413, "too_large");
    assertThat(wire.raw(chunked(most + " ".repeat(MEBIBYTE))))
        .startsWith("HTTP/1.1 413")
        .contains("\"too_large\"");
    assertThat(wire.raw(chunked(body))).startsWith("HTTP/1.1 202");
  }

  private static byte[] chunked(String body) {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(
        utf8(
            "POST "
                + SIGNALS
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"));
    for (var at = 0; at < body.length(); at += 50_000) {
      var piece = utf8(body.substring(at, Math.min(body.length(), at + 50_000)));
      bytes.writeBytes(utf8(Integer.toHexString(piece.length) + "\r\n"));
      bytes.writeBytes(piece);
      bytes.writeBytes(utf8("\r\n"));
    }
    bytes.writeBytes(utf8("0\r\n\r\n"));
    return bytes.toByteArray();
  }

  @Test
  void a_chunk_that_is_none_is_malformed() throws Exception {
    var request = new String(chunked("{}"), StandardCharsets.UTF_8).replace("2\r\n{}", "zz\r\n{}");

    assertThat(wire.raw(request)).startsWith("HTTP/1.1 400");
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "text/json"
  })
  void only_json_is_read(String mediaType) {
    var error = wire.post(SIGNALS, mediaType, "{\"title\": \"x\"}");

    error.refused(415, "unsupported_media_type");
  }

  @Test
  void a_body_without_a_media_type_is_not_read() throws Exception {
    assertThat(
            wire.raw(
                "POST /api/v1/signals HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + "Content-Length: 13\r\n\r\n{\"title\":\"x\"}"))
        .startsWith("HTTP/1.1 415")
        .contains("unsupported_media_type");
  }

  @Test
  void beyond_the_bound_a_signal_is_told_to_come_again(@TempDir Path data) throws Exception {
    var line = new LineSettings(LineSettings.DEFAULT.capacity(), 1);
    try (var narrow = Wire.start(data, line, Map.of())) {
      var answers =
          atOnce(
              200, n -> narrow.signal("{\"title\": \"Load\", \"key\": \"task:load-" + n + "\"}"));

      assertThat(answers).extracting(Answer::status).containsOnly(202, 503);
      var refused = answers.stream().filter(answer -> answer.status() == 503).toList();
      refused.forEach(answer -> {
        answer.refused(503, "busy");
        assertThat(answer.header("Retry-After"))
            .hasValueSatisfying(it -> assertThat(it).matches("[1-9]\\d*"));
      });
      var kept =
          answers.stream()
              .filter(answer -> answer.status() == 202)
              .map(answer -> answer.json().path("item_id").asText())
              .toList();
      assertThat(kept).isNotEmpty();
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () -> assertThat(narrow.items()).containsExactlyInAnyOrderElementsOf(kept));
      assertThat(narrow.signal("{\"title\": \"After\"}").status()).isEqualTo(202);
    }
  }
}

package dev.millwright.app.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.millwright.app.Millwright;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MillwrightTest {
  private static final String ITEM =
      """
      {"id":"task-1","title":"Evil \\u001b[2J\\u202e title","repo":"orders","status":"waiting",
       "stage":"release","waiting_on":"review","updated_at":"2026-01-01T00:00:00Z"}
      """;

  private record Answer(int status, String body) {}

  private final Map<String, Answer> answers = new LinkedHashMap<>();
  private final Map<String, String> received = new LinkedHashMap<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          var asked = exchange.getRequestMethod() + " " + exchange.getRequestURI();
          received.put(
              asked, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          var answer =
              answers.getOrDefault(
                  asked,
                  new Answer(
                      404, "{\"error\":{\"code\":\"unknown_item\",\"message\":\"No such item\"}}"));
          var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer.status(), bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private int run(String... arguments) {
    var url = "http://127.0.0.1:" + server.getAddress().getPort();
    return Millwright.run(
        arguments,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        Map.of("MILLWRIGHT_URL", url),
        Path.of(""));
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void a_hostile_title_cannot_move_the_cursor() {
    answers.put("GET /api/v1/items?limit=50", new Answer(200, "{\"items\":[" + ITEM + "]}"));

    assertThat(run("ls")).isEqualTo(Exit.DONE);
    assertThat(said()).contains("task-1", "waiting for review").doesNotContain("\033", "\u202e");
  }

  @Test
  void json_is_escaped_and_means_the_same() throws IOException {
    answers.put("GET /api/v1/items/task-1", new Answer(200, ITEM));

    assertThat(run("show", "task-1", "--json")).isEqualTo(Exit.DONE);
    assertThat(said()).doesNotContain("\033", "\u202e");
    assertThat(Json.read(said())).isEqualTo(Json.read(ITEM));
  }

  @Test
  void submitting_prints_the_id() throws IOException {
    answers.put(
        "POST /api/v1/signals", new Answer(202, "{\"item_id\":\"task-9\",\"duplicate\":false}"));

    assertThat(run("submit", "Fix it", "--repo", "orders", "--fact", "a=b", "--label", "x"))
        .isEqualTo(Exit.DONE);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("task-9\n");
    var sent = Json.read(requireNonNull(received.get("POST /api/v1/signals")));
    assertThat(sent.path("facts").path("a").asText()).isEqualTo("b");
    assertThat(sent.path("labels").path(0).asText()).isEqualTo("x");
  }

  @Test
  void waiting_tells_each_stage_once_and_in_order() {
    answers.put("POST /api/v1/signals", new Answer(202, "{\"item_id\":\"task-1\"}"));
    answers.put(
        "GET /api/v1/items/task-1/events",
        new Answer(
            200,
            item("queued", "validation", 2)
                + item("running", "validation", 3)
                + item("waiting", "release", 4)));
    // The history is further than the events are.
    answers.put(
        "GET /api/v1/items/task-1/history",
        new Answer(
            200,
            "{\"events\":["
                + Stream.of("triage", "codegen", "validation", "release")
                    .map("{\"event\":\"attempt-started\",\"stage\":\"%s\"}"::formatted)
                    .collect(Collectors.joining(",{\"event\":\"attempt-ended\"},"))
                + "]}"));

    assertThat(run("submit", "Fix it", "--wait")).isEqualTo(Exit.DONE);
    assertThat(err.toString(StandardCharsets.UTF_8).lines().map(it -> it.replaceAll(" +", " ")))
        .containsExactly(
            "triage running",
            "codegen running",
            "validation queued",
            "validation running",
            "release running",
            "release waiting for review",
            "Next: millwright diff task-1, then: millwright approve task-1");
  }

  private static String item(String status, String stage, int attempts) {
    return """
    event: item
    data: {"id":"task-1","status":"%s","stage":"%s","waiting_on":"review","progress":{"attempts":%d}}

    """
        .formatted(status, stage, attempts);
  }

  @Test
  void an_id_that_is_empty_is_no_item_and_asks_nothing() {
    assertThat(run("show", "")).isEqualTo(Exit.USED_WRONGLY);
    assertThat(run("approve", " ")).isEqualTo(Exit.USED_WRONGLY);
    assertThat(said()).contains("The item's id is empty.", "millwright ls");
    assertThat(received.keySet()).containsOnly("GET /health/live");
  }

  @Test
  void a_list_that_was_narrowed_to_nothing_does_not_say_that_there_is_no_work() {
    answers.put("GET /api/v1/items?limit=50&label=x", new Answer(200, "{\"items\":[]}"));
    answers.put("GET /api/v1/items?limit=50", new Answer(200, "{\"items\":[]}"));

    assertThat(run("ls", "--label", "x")).isEqualTo(Exit.DONE);
    assertThat(said()).contains("No item is like that").doesNotContain("submit");
    assertThat(run("ls")).isEqualTo(Exit.DONE);
    assertThat(said()).contains("Give it work with: millwright submit");
  }

  @Test
  void a_change_that_was_never_made_is_told_from_no_change_at_all() {
    answers.put("GET /api/v1/items/task-1/diff?other=3", new Answer(200, ""));

    assertThat(run("diff", "task-1", "--other", "3")).isEqualTo(Exit.DONE);
    assertThat(said()).contains("no diff 3").doesNotContain("nothing yet");
  }

  @Test
  void approving_in_the_wrong_state_fails_with_the_servers_words() {
    answers.put(
        "POST /api/v1/items/task-1/approve",
        new Answer(409, "{\"error\":{\"code\":\"c\",\"message\":\"It runs\",\"hint\":\"Wait\"}}"));

    assertThat(run("approve", "task-1")).isEqualTo(Exit.FAILED);
    assertThat(said()).contains("It runs", "Wait");
  }

  @Test
  void an_unknown_item_fails() {
    assertThat(run("show", "nope")).isEqualTo(Exit.FAILED);
    assertThat(said()).contains("No such item");
  }

  @Test
  void a_refused_token_is_not_allowed() {
    answers.put(
        "GET /api/v1/stages",
        new Answer(401, "{\"error\":{\"code\":\"c\",\"message\":\"Who are you\"}}"));

    assertThat(run("top")).isEqualTo(Exit.NOT_ALLOWED);
    assertThat(said()).contains("MILLWRIGHT_TOKEN");
  }

  @Test
  void without_a_factory_the_code_is_three() {
    assertThat(run("ls", "--url", "http://127.0.0.1:1")).isEqualTo(Exit.NO_FACTORY);
    assertThat(said()).contains("millwright up");
  }

  @Test
  void a_stranger_at_the_address_is_no_factory() {
    answers.put("GET /api/v1/stages", new Answer(200, "<html>"));

    assertThat(run("top")).isEqualTo(Exit.NO_FACTORY);
  }

  @Test
  void wrong_use_is_said_without_a_stack_trace() {
    assertThat(run("shwo", "x")).isEqualTo(Exit.USED_WRONGLY);
    assertThat(run("reject", "x")).isEqualTo(Exit.USED_WRONGLY);
    assertThat(run("pause", "--stage", "codgen")).isEqualTo(Exit.USED_WRONGLY);
    assertThat(run()).isEqualTo(Exit.USED_WRONGLY);
    assertThat(said())
        .contains("Did you mean codegen?", "--reason")
        .doesNotContain("Exception", "\tat ");
  }

  @Test
  void help_version_completion_and_schema_need_no_factory() {
    for (var words :
        new String[] {"help", "version", "completion", "config schema", "submit --help"}) {
      assertThat(run(words.split(" "))).as(words).isEqualTo(Exit.DONE);
    }
    assertThat(said()).contains("Usage: millwright submit", "additionalProperties");
  }
}

package dev.millwright.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import dev.millwright.app.Millwright;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
  @TempDir Path folder;

  @Test
  void the_sandbox_that_is_configured_is_the_one_that_is_tried() throws Exception {
    assertThat(finding("sandbox", "kind: bubblewrap").path("what").asText())
        .isEqualTo("bubblewrap");
    assertThat(finding("sandbox", "kind: none").path("what").asText())
        .isEqualTo("none: NO ISOLATION, as configured");
  }

  @Test
  void what_is_missing_for_containers_is_said_with_what_to_do() throws Exception {
    var docker = finding("sandbox", "kind: docker, image: 'millwright/nowhere:0'");

    assertThat(docker.path("ok").asBoolean()).isFalse();
    assertThat(docker.path("what").asText()).containsIgnoringCase("docker");
    assertThat(docker.path("fix").asText()).isNotBlank();
  }

  @Test
  void it_says_whether_whole_trees_can_be_bounded() throws Exception {
    assertThat(finding("limits", "kind: auto").path("what").asText()).contains("control groups");
  }

  @Test
  void an_agent_that_is_missing_is_named_with_how_to_get_it() throws Exception {
    var agents =
        """
        models: {m: {protocol: openai-responses, base_url: "http://127.0.0.1:1", key: k, name: m}}
        agents:
          there: {kind: command, command: /bin/sh x}
          gone: {kind: codex, command: /nowhere/codex app-server}
          own: {kind: command, command: ./fix-it.sh}
        """;

    assertThat(told("agent there", agents).path("ok").asBoolean()).isTrue();
    assertThat(told("agent own", agents).path("ok").asBoolean()).isTrue();
    var gone = told("agent gone", agents);
    assertThat(gone.path("ok").asBoolean()).isFalse();
    assertThat(gone.path("what").asText()).contains("/nowhere/codex");
    assertThat(gone.path("fix").asText())
        .contains("npm install -g @openai/codex", "agents.gone.command");
  }

  @Test
  void a_board_that_answers_is_well_and_one_with_an_old_token_says_what_to_do() throws Exception {
    try (var gitlab = new OneAnswer(200, "[]");
        var strict = new OneAnswer(401, "{\"message\": \"401 Unauthorized\"}")) {
      var well = told("board tickets", board(gitlab.address(), "glpat-x"));
      var locked = told("board tickets", board(strict.address(), "glpat-x"));

      assertThat(well.path("ok").asBoolean()).isTrue();
      assertThat(locked.path("ok").asBoolean()).isFalse();
      assertThat(locked.path("what").asText()).contains("401 Unauthorized");
      assertThat(locked.path("fix").asText()).contains("check the token");
      assertThat(well + " " + locked).doesNotContain("glpat-x");
    }
  }

  @Test
  void a_board_that_cannot_be_made_is_not_asked() throws Exception {
    var board = told("board tickets", board("http://gitlab.example.com", "x"));

    assertThat(board.path("what").asText()).contains("provider.api_url", "only https");
    assertThat(board.path("fix").asText()).contains("https");
  }

  @Test
  void broken_settings_are_one_check_and_what_does_not_need_them_is_looked_at_too()
      throws Exception {
    var broken = "server: {port: seven}\nsandbox: {kind: jail}\n";
    var checks = checks(broken);

    assertThat(checks)
        .filteredOn(it -> it.path("name").asText().equals("settings"))
        .hasSize(2)
        .allSatisfy(it -> {
          assertThat(it.path("ok").asBoolean()).isFalse();
          assertThat(it.path("fix").asText()).isNotBlank();
        })
        .extracting(it -> it.path("what").asText())
        .anySatisfy(it -> assertThat(it).contains("millwright.yaml:2", "server.port", "'seven'"))
        .anySatisfy(it -> assertThat(it).contains("millwright.yaml:3", "sandbox.kind", "'jail'"));
    assertThat(checks)
        .extracting(it -> it.path("name").asText())
        .contains("java", "git", "mvn", "disk", "sandbox", "limits")
        .doesNotContain("port", "database");
  }

  @Test
  void a_workflow_is_checked_though_the_settings_beside_it_are_broken() throws Exception {
    Files.writeString(folder.resolve("millwright.yaml"), "server: {port: seven}\n");
    Files.writeString(
        folder.resolve("WORKFLOW.md"), "---\npolling: {interval_ms: soon}\n---\nDo it.\n");

    var said = run("config", "check", "WORKFLOW.md", "--config", "millwright.yaml", "--json");

    assertThat(JsonMapper.builder().build().readTree(said).path("problems"))
        .extracting(it -> it.path("file").asText() + " " + it.path("key").asText())
        .contains("millwright.yaml server.port", "WORKFLOW.md polling.interval_ms");
  }

  @Test
  void settings_that_up_would_refuse_for_want_of_a_repository_are_not_usable() throws Exception {
    Files.writeString(folder.resolve("millwright.yaml"), "data: data\n");

    assertThat(run("config", "check"))
        .contains("repos: there is no repository to work in")
        .endsWith("not usable\n");
  }

  private static String board(String address, String token) {
    return """
    boards:
      - {name: tickets, kind: gitlab, provider: {api_url: '%s', api_key: %s, project_path: acme/orders}}
    """
        .formatted(address, token);
  }

  /// Says one thing to everybody.
  private record OneAnswer(HttpServer server) implements AutoCloseable {
    OneAnswer(int status, String body) throws IOException {
      this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
      server.createContext(
          "/",
          exchange -> {
            exchange.sendResponseHeaders(status, body.length());
            exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
            exchange.close();
          });
      server.start();
    }

    String address() {
      return "http://127.0.0.1:" + server.getAddress().getPort() + "/api/v4";
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }

  private JsonNode finding(String name, String sandbox) throws IOException {
    return told(name, "sandbox: {%s}\n".formatted(sandbox));
  }

  private JsonNode told(String name, String more) throws IOException {
    var checks = checks(more);
    return checks.stream()
        .filter(it -> it.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new AssertionError("doctor says nothing about " + name + ":\n" + checks));
  }

  private List<JsonNode> checks(String more) throws IOException {
    var settings = folder.resolve("millwright.yaml");
    Files.writeString(settings, "data: data\n" + more);
    var checks = new ArrayList<JsonNode>();
    var said = run("doctor", "--json", "--config", settings.toString());
    JsonMapper.builder().build().readTree(said).path("checks").forEach(checks::add);
    return checks;
  }

  private String run(String... arguments) {
    var out = new ByteArrayOutputStream();
    Millwright.run(
        arguments,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
        Map.of("PATH", System.getenv("PATH")),
        folder);
    return out.toString(StandardCharsets.UTF_8);
  }
}

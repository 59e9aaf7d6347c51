package dev.millwright.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.millwright.app.Millwright;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

  private JsonNode finding(String name, String sandbox) throws IOException {
    return told(name, "sandbox: {%s}\n".formatted(sandbox));
  }

  private JsonNode told(String name, String more) throws IOException {
    var settings = folder.resolve("millwright.yaml");
    Files.writeString(settings, "data: data\n" + more);
    var out = new ByteArrayOutputStream();
    Millwright.run(
        new String[] {"doctor", "--json", "--config", settings.toString()},
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
        Map.of("PATH", System.getenv("PATH")),
        folder);
    for (var finding : JsonMapper.builder().build().readTree(out.toByteArray()).path("checks")) {
      if (finding.path("name").asText().equals(name)) {
        return finding;
      }
    }
    throw new AssertionError("doctor says nothing about " + name + ":\n" + out);
  }
}

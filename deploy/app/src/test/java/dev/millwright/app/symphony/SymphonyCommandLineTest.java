package dev.millwright.app.symphony;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.app.Millwright;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How the program starts, and how it says that it cannot: with what it was told and what the
/// environment holds.
class SymphonyCommandLineTest {
  @TempDir Path folder;

  @BeforeEach
  void a_workflow_in_a_repository() throws IOException {
    Files.createDirectories(folder.resolve(".git"));
    Files.writeString(folder.resolve(".git/HEAD"), "ref: refs/heads/main\n");
    Files.writeString(folder.resolve("WORKFLOW.md"), "Do it.\n");
  }

  @Test
  void C14_a_secret_is_found_under_its_name_else_under_the_usual_one() throws IOException {
    tracker("linear", "{project_slug: orders, api_key: $ORDERS_TOKEN}");

    assertThat(checked(Map.of("ORDERS_TOKEN", "lin_1")).exit()).isZero();
    assertThat(checked(Map.of("LINEAR_API_KEY", "lin_1")).exit()).isZero();
    for (var missing : List.of(Map.of("ORDERS_TOKEN", ""), Map.<String, String>of())) {
      var ran = checked(missing);
      assertThat(ran.exit()).isEqualTo(1);
      assertThat(ran.said()).contains("provider.api_key", "missing_linear_api_token");
    }
    assertThat(run(Map.of(), "up", "WORKFLOW.md", "--port", "0").said())
        .contains("missing_linear_api_token")
        .doesNotContain("Ready at");
  }

  @Test
  void C15_a_secret_nobody_wrote_is_found_under_its_usual_name() throws IOException {
    tracker("github", "{repo: acme/orders}");

    assertThat(checked(Map.of("GITHUB_TOKEN", "ghp_1")).exit()).isZero();
    assertThat(checked(Map.of()).said()).contains("missing_github_token", "GITHUB_TOKEN");
  }

  @Test
  void C27_a_board_without_states_of_its_own_needs_them_said() throws IOException {
    tracker("jira", "{base_url: 'https://acme.example.com', email: a@b.c, project_key: ORD}");

    var ran = checked(Map.of("JIRA_API_TOKEN", "t"));

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.said()).contains("active_states", "terminal_states");
  }

  @Test
  void C148_a_port_on_the_command_line_wins_over_the_one_in_the_file() throws IOException {
    try (var written = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var said = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Files.writeString(
          folder.resolve("WORKFLOW.md"),
          """
          ---
          tracker: {kind: folder, provider: {path: tickets}}
          server: {port: %d}
          ---
          Do it.
          """
              .formatted(written.getLocalPort()));
      Files.createDirectories(folder.resolve("tickets"));

      var asWritten = run("up", "WORKFLOW.md");
      var asSaid = run("up", "WORKFLOW.md", "--port", Integer.toString(said.getLocalPort()));

      assertThat(asWritten.said()).contains("127.0.0.1 port " + written.getLocalPort());
      assertThat(asSaid.said()).contains("127.0.0.1 port " + said.getLocalPort());
    }
  }

  @Test
  void C162_an_address_that_nobody_can_listen_on_ends_the_start() {
    var ran = run("up", "WORKFLOW.md", "--host", "no.such.host.invalid", "--port", "0");

    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.said()).contains("no.such.host.invalid").doesNotContain("Ready at");
  }

  @Test
  void C166_a_file_that_is_not_there_is_said_with_its_path() {
    var ran = run("up", "ops/WORKFLOW.md");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.said())
        .contains("missing_workflow_file", folder.resolve("ops/WORKFLOW.md").toString());
  }

  @Test
  void C167_a_start_that_fails_says_why_and_ends_with_1() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var ran = run("up", "WORKFLOW.md", "--port", Integer.toString(taken.getLocalPort()));

      assertThat(ran.exit()).isEqualTo(1);
      assertThat(ran.said()).contains(Integer.toString(taken.getLocalPort()), "--port");
    }
  }

  /// What the program said and how it ended.
  private record Ran(int exit, String said) {}

  private void tracker(String kind, String provider) throws IOException {
    Files.writeString(
        folder.resolve("WORKFLOW.md"),
        """
        ---
        tracker: {kind: %s, provider: %s}
        ---
        Do it.
        """
            .formatted(kind, provider));
  }

  private Ran checked(Map<String, String> environment) {
    return run(environment, "config", "check", "WORKFLOW.md");
  }

  private Ran run(String... arguments) {
    return run(Map.of(), arguments);
  }

  private Ran run(Map<String, String> more, String... arguments) {
    var said = new ByteArrayOutputStream();
    var out = new PrintStream(said, true, StandardCharsets.UTF_8);
    var environment = new HashMap<>(Map.of("HOME", folder.toString(), "OPENAI_API_KEY", "sk-1"));
    environment.putAll(more);
    return new Ran(
        Millwright.run(arguments, out, out, environment, folder),
        said.toString(StandardCharsets.UTF_8));
  }
}

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
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Lines C162, C166 and C167: how the program starts, and how it says that it cannot.
class SymphonyCommandLineTest {
  @TempDir Path folder;

  @BeforeEach
  void a_workflow_in_a_repository() throws IOException {
    Files.createDirectories(folder.resolve(".git"));
    Files.writeString(folder.resolve(".git/HEAD"), "ref: refs/heads/main\n");
    Files.writeString(folder.resolve("WORKFLOW.md"), "Do it.\n");
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

  private Ran run(String... arguments) {
    var said = new ByteArrayOutputStream();
    var out = new PrintStream(said, true, StandardCharsets.UTF_8);
    var home = Map.of("HOME", folder.toString());
    return new Ran(
        Millwright.run(arguments, out, out, home, folder), said.toString(StandardCharsets.UTF_8));
  }
}

package dev.millwright.shared.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BubblewrapTest extends SandboxContract {
  @Override
  Sandbox create(Path dataFolder) {
    return switch (Sandboxes.detect(SandboxKind.AUTO, dataFolder)) {
      case Detection.Available(var sandbox) -> sandbox;
      case Detection.Missing(var reason, var fix) -> abort(reason + "; " + fix);
    };
  }

  @Test
  void a_secret_of_the_host_cannot_be_read() throws Exception {
    Path secret = Files.writeString(scratch.folder().resolve("secret"), "s3cret");

    var exit = run(Command.shell("cat " + secret + "; find / -name secret 2>/dev/null; env"));

    assertThat(exit.output().both()).doesNotContain("s3cret").contains("No such file");
  }

  @Test
  void a_link_to_the_host_leads_nowhere() throws Exception {
    Path secret = Files.writeString(scratch.folder().resolve("secret"), "s3cret");
    Files.createSymbolicLink(box.workspace().resolve("link"), secret);

    assertThat(run(Command.of("cat", "link")).output().stdout()).isEmpty();
  }

  @Test
  void a_planted_link_is_never_bound() throws Exception {
    Files.createSymbolicLink(box.workspace().resolve("out"), Path.of("/etc"));

    var exit =
        sandbox.run(Command.of("ls", "/out"), box.writing(box.workspace().resolve("out"), "/out"));

    assertThat(exit).isInstanceOf(Exit.NotStarted.class);
  }

  @Test
  void nothing_but_workspace_home_and_tmp_is_writable() throws Exception {
    var exit =
        run(
            Command.shell(
                "for d in / /usr /etc /dev /run /usr/bin /home /proc/sys/kernel; do"
                    + " touch $d/x 2>/dev/null && echo wrote $d; done;"
                    + " for d in . /tmp $HOME /dev/shm; do touch $d/x || echo no $d; done"));

    assertThat(exit.output().stdout()).isEmpty();
  }

  @Test
  void there_is_no_network_and_no_neighbour() throws Exception {
    var exit =
        run(
            Command.shell(
                "cat /proc/net/dev | grep -c : ; ls -d /proc/[0-9]* | wc -l;"
                    + " grep CapEff /proc/self/status; grep NoNewPrivs /proc/self/status;"
                    + " unshare -U true 2>&1 || echo refused"));

    var lines = exit.output().stdout().lines().toList();
    assertThat(lines.getFirst()).isEqualTo("1");
    assertThat(Integer.parseInt(lines.get(1))).isLessThan(10);
    assertThat(exit.output().stdout())
        .contains("CapEff:\t0000000000000000", "NoNewPrivs:\t1", "refused");
  }

  @Test
  void the_hosts_loopback_is_not_ours_unless_said() throws Exception {
    try (var server = new java.net.ServerSocket(0, 5, java.net.InetAddress.getLoopbackAddress())) {
      var connect =
          Command.of(
              "bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/" + server.getLocalPort() + " && echo in");

      assertThat(run(connect).output().stdout()).isEmpty();
      assertThat(sandbox.run(connect, box.withNetwork(Network.HOST)).output().stdout())
          .isEqualTo("in\n");
    }
  }

  @Test
  void what_is_bound_for_reading_cannot_be_written() throws Exception {
    Path shared = scratch.make("shared");
    Files.writeString(shared.resolve("file"), "as it was");

    var exit =
        sandbox.run(
            Command.shell("cat " + shared + "/file; echo no > " + shared + "/file"),
            box.reading(shared));

    assertThat(exit.output().stdout()).isEqualTo("as it was");
    assertThat(shared.resolve("file")).hasContent("as it was");
  }

  @Test
  void the_environment_is_on_no_command_line_and_in_no_file() throws Exception {
    var running =
        sandbox.start(
            Command.shell("echo up; sleep 1000").with("TOKEN", "tok-123-secret"),
            box,
            OutputListener.none());
    org.awaitility.Awaitility.await()
        .until(() -> Files.exists(data.resolve("processes")) && !holds("arguments"));

    assertThat(
            ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(words -> words.contains("tok-123-secret")))
        .isEmpty();
    running.close();
  }

  @Test
  void a_fork_bomb_is_bounded_and_killed() throws Exception {
    var limits = Limits.DEFAULT.withTime(Duration.ofSeconds(3)).withProcesses(60);

    var exit = run(Command.of("bash", "-c", ":(){ :|:& };:; sleep 100").withLimits(limits));

    assertThat(exit).isNotInstanceOf(Exit.NotStarted.class);
    assertThat(run(Command.of("true")).succeeded()).isTrue();
  }

  @Test
  void maven_runs_on_our_java() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/mvn")));

    var exit = run(Command.of("mvn", "-version"));

    assertThat(exit.output().both()).contains("Java version: " + Runtime.version().feature());
    assertThat(exit.output().both()).doesNotContain("ERROR");
  }

  @Test
  void memory_is_bounded() throws Exception {
    var limits = Limits.DEFAULT.withMemoryBytes(64L * 1024 * 1024);

    var exit =
        run(
            Command.shell("head -c 300000000 /dev/zero | tail -c 299999999 > /dev/null")
                .withLimits(limits));

    assertThat(exit.succeeded()).isFalse();
  }

  @Test
  void no_switch_of_the_machine_can_be_written_whoever_runs_the_factory() throws Exception {
    String line =
        "find /proc -path '/proc/[0-9]*' -prune -o -type f -writable"
            + " -exec sh -c ': >> \"$0\"' {} ';' -print 2> /dev/null";

    assertThat(run(Command.shell(line)).output().stdout()).isEmpty();
    assertThat(run(Command.shell("cat /proc/keys /proc/kcore")).output().stdout()).isEmpty();
  }

  @Test
  void sockets_that_no_network_namespace_divides_do_not_exist() throws Exception {
    String line = "perl -e 'for (40, 38, 17, 1, 2) { socket(S, $_, 1, 0); print $! + 0, qq(\\n) }'";

    assertThat(run(Command.shell(line)).output().stdout().lines().limit(3)).containsOnly("97");
  }

  @Test
  void rings_of_the_kernel_are_refused_and_debuggers_are_not() throws Exception {
    assertThat(call("425, 1, 0")).isEqualTo("1");
    assertThat(call(System.getProperty("os.arch").equals("aarch64") ? "117, 0" : "101, 0"))
        .isEqualTo("0");
  }

  /// What the kernel answers: 0, or the number of the error.
  private String call(String words) throws InterruptedException {
    String line = "perl -e '$! = 0; syscall(" + words + "); print $! + 0'";
    return run(Command.shell(line)).output().stdout();
  }

  private boolean holds(String file) {
    try (var files = Files.walk(data.resolve("processes"))) {
      return files.anyMatch(path -> path.endsWith(file));
    } catch (java.io.IOException | java.io.UncheckedIOException _) {
      return true;
    }
  }
}

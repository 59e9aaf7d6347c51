package dev.millwright.shared.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every sandbox promises, whatever it is made of.
abstract class SandboxContract {
  private static final Limits SHORT = Limits.DEFAULT.withTime(Duration.ofSeconds(60));

  final Scratch scratch = new Scratch();
  final Path data = scratch.make("data");
  final Box box = Box.of(scratch.make("workspace"));
  Sandbox sandbox = new ScriptedSandbox((_, _, _) -> new Exit.NotStarted("not set up"));

  abstract Sandbox create(Path dataFolder);

  @BeforeEach
  void start_with_a_sandbox() {
    sandbox = create(data);
  }

  @AfterEach
  void leave_nothing() {
    assertThat(new Runs(data).left()).isEmpty();
    assertThat(new Runs(data).groups().left()).isEmpty();
    scratch.close();
  }

  @Test
  void both_streams_and_the_code_come_back() throws Exception {
    var exit = run(Command.shell("echo out; echo err >&2; exit 7"));

    assertThat(exit)
        .isInstanceOfSatisfying(
            Exit.Finished.class,
            finished -> {
              assertThat(finished.code()).isEqualTo(7);
              assertThat(finished.output()).isEqualTo(new Output("out\n", "err\n", false));
            });
  }

  @Test
  void a_program_that_is_not_there_does_not_start() throws Exception {
    assertThat(run(Command.of("no-such-program"))).isInstanceOf(Exit.NotStarted.class);
  }

  @Test
  void a_workspace_that_is_not_there_does_not_start() throws Exception {
    var exit = sandbox.run(Command.of("true"), Box.of(scratch.folder().resolve("absent")));

    assertThat(exit).isInstanceOf(Exit.NotStarted.class);
  }

  @Test
  void work_is_done_in_the_workspace() throws Exception {
    assertThat(run(Command.shell("echo made > here")).succeeded()).isTrue();

    assertThat(box.workspace().resolve("here")).hasContent("made");
  }

  @Test
  void a_file_of_the_workspace_has_a_name_inside() throws Exception {
    Files.writeString(box.workspace().resolve("note"), "read me");

    var exit = run(Command.of("cat", sandbox.inside(box, box.workspace().resolve("note"))));

    assertThat(exit.output().stdout()).isEqualTo("read me");
  }

  @Test
  void stdin_is_the_given_text_and_else_empty() throws Exception {
    assertThat(run(Command.of("cat").withInput("héllo")).output().stdout()).isEqualTo("héllo");
    assertThat(run(Command.of("cat")).output().stdout()).isEmpty();
  }

  @Test
  void a_conversation_goes_both_ways() throws Exception {
    var heard = new ConcurrentLinkedQueue<String>();
    var running =
        sandbox.start(
            Command.shell("while read l; do echo \"got $l\"; done").interactive(),
            box,
            OutputListener.lines(heard::add));

    running.input().write("one\n".getBytes(StandardCharsets.UTF_8));
    running.input().flush();
    await().until(() -> heard.contains("got one"));
    running.input().close();

    assertThat(running.await().succeeded()).isTrue();
  }

  @Test
  void lines_are_heard_and_long_ones_are_cut() throws Exception {
    var heard = new ConcurrentLinkedQueue<String>();
    var listener = OutputListener.lines(heard::add).withLongestLine(5);

    sandbox.run(Command.shell("echo 123456789; echo ab; printf end"), box, listener);

    assertThat(heard).containsExactly("12345", "ab", "end");
  }

  @Test
  void a_listener_that_breaks_does_not_break_the_run() throws Exception {
    OutputListener broken =
        (_, _) -> {
          throw new IllegalStateException("broken on purpose");
        };

    var exit = sandbox.run(Command.shell("echo 1; echo 2"), box, broken);

    assertThat(exit.output().stdout()).isEqualTo("1\n2\n");
  }

  @Test
  void the_environment_is_what_was_given() throws Exception {
    var exit = run(Command.of("env").with("TOKEN", "t 1\nnext"));

    assertThat(exit.output().stdout()).contains("TOKEN=t 1\nnext").contains("JAVA_HOME=");
    assertThat(exit.output().stdout().lines().map(line -> line.split("=", 2)[0]))
        .isSubsetOf(
            "HOME",
            "JAVA_HOME",
            "LANG",
            "PATH",
            "PWD",
            "OLDPWD",
            "TMPDIR",
            "TOKEN",
            "next",
            "USER",
            "MILLWRIGHT_RUN",
            "_",
            "SHLVL");
  }

  @Test
  void home_is_empty_and_its_own() throws Exception {
    run(Command.shell("echo left > $HOME/x"));

    assertThat(run(Command.shell("ls -A $HOME")).output().stdout()).isEmpty();
  }

  @Test
  void the_runs_java_is_ours() throws Exception {
    var exit = run(Command.of("java", "-version").withLimits(SHORT));

    assertThat(exit.output().stderr()).contains("\"" + System.getProperty("java.version"));
  }

  @Test
  void time_kills_the_whole_tree_also_what_was_detached() throws Exception {
    String mark = "3" + (UUID.randomUUID().hashCode() & Integer.MAX_VALUE);
    var command =
        Command.shell("setsid sleep " + mark + " & (setsid sleep " + mark + " &) ; sleep " + mark)
            .withLimits(Limits.DEFAULT.withTime(Duration.ofSeconds(1)));

    assertThat(run(command)).isInstanceOf(Exit.TimedOut.class);

    assertThat(alive(mark)).isZero();
  }

  @Test
  void an_end_leaves_nothing_running_in_the_background() throws Exception {
    String mark = "4" + (UUID.randomUUID().hashCode() & Integer.MAX_VALUE);

    var exit = run(Command.shell("setsid sleep " + mark + " > /dev/null 2>&1 & echo done"));

    assertThat(exit.succeeded()).isTrue();
    assertThat(alive(mark)).isZero();
  }

  @Test
  void too_much_output_ends_it_and_keeps_both_ends() throws Exception {
    var command =
        Command.shell("echo first; yes").withLimits(SHORT.withOutputBytes(8 * 1024 * 1024));

    var exit = run(command);

    assertThat(exit).isInstanceOf(Exit.OutputExceeded.class);
    assertThat(exit.output().truncated()).isTrue();
    assertThat(exit.output().stdout()).startsWith("first\ny\n").contains("bytes left out");
    assertThat(exit.output().stdout().length()).isLessThan(1200 * 1024);
  }

  @Test
  void a_kill_cancels_and_may_be_said_twice() throws Exception {
    var running = sandbox.start(Command.of("sleep", "1000"), box, OutputListener.none());

    running.kill();
    running.kill();

    assertThat(running.await()).isInstanceOf(Exit.Cancelled.class);
  }

  @Test
  void an_interrupt_of_who_waits_kills_the_tree_and_goes_on() throws Exception {
    String mark = "5" + (UUID.randomUUID().hashCode() & Integer.MAX_VALUE);
    var outcome = new CompletableFuture<String>();
    var waiting =
        Thread.ofVirtual()
            .start(() -> {
              try {
                outcome.complete(run(Command.shell("setsid sleep " + mark)).summary());
              } catch (InterruptedException _) {
                outcome.complete("interrupted");
              }
            });
    await().until(() -> alive(mark) > 0);

    waiting.interrupt();

    assertThat(outcome.get()).isEqualTo("interrupted");
    assertThat(alive(mark)).isZero();
  }

  @Test
  void many_run_at_once() {
    var runs =
        java.util.stream.IntStream.range(0, 24)
            .mapToObj(n ->
                sandbox.start(Command.shell("echo " + n), box, OutputListener.none()).whenEnded())
            .toList();

    assertThat(runs.stream().map(run -> run.join().output().stdout().strip()))
        .containsExactlyElementsOf(
            java.util.stream.IntStream.range(0, 24).mapToObj(Integer::toString).toList());
  }

  final Exit run(Command command) throws InterruptedException {
    return sandbox.run(command, box);
  }

  /// Processes of this machine that sleep for just that long. Read from procfs, because a sandbox's
  /// own processes are seen there from outside.
  static long alive(String mark) {
    return ProcessHandle.allProcesses()
        .filter(process -> {
          try {
            String words = Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
            return words.equals("sleep\0" + mark + "\0");
          } catch (IOException _) {
            return false;
          }
        })
        .count();
  }
}

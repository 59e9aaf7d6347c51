package dev.millwright.shared.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SweepTest {
  private final Scratch scratch = new Scratch();
  private final Path data = scratch.make("data");

  @AfterEach
  void clean() {
    scratch.close();
  }

  @ParameterizedTest
  @MethodSource
  void a_factory_that_was_killed_leaves_nothing_after_the_next_start(SandboxKind kind)
      throws Exception {
    String mark = "6" + (UUID.randomUUID().hashCode() & Integer.MAX_VALUE);
    String line = "setsid sleep " + mark + " & setsid sleep " + mark;
    Process factory = factory(kind, line);
    await().atMost(Duration.ofSeconds(30)).until(() -> SandboxContract.alive(mark) == 2);

    factory.destroyForcibly().waitFor();
    Sweep swept = Sweep.of(data);

    assertThat(swept.runs()).isEqualTo(1);
    await().until(() -> SandboxContract.alive(mark) == 0);
    assertThat(new Runs(data).left()).isEmpty();
    assertThat(new Runs(data).groups().left()).isEmpty();
    assertThat(Sweep.of(data)).isEqualTo(new Sweep(0, 0));
  }

  static Stream<SandboxKind> a_factory_that_was_killed_leaves_nothing_after_the_next_start() {
    return Stream.concat(WorkingSandboxes.kinds(), Stream.of(SandboxKind.NONE));
  }

  @Test
  void containers_stay_on_record_while_their_engine_does_not_answer() throws Exception {
    Path run = scratch.make("data/processes/run-z");
    var lines = List.of("engine=unix:///nowhere.sock", "label=" + DockerEngine.LABEL + "=x");
    Files.write(run.resolve("record"), lines);

    Sweep.of(data);

    assertThat(run.resolve("record")).exists();
  }

  @Test
  void what_only_the_killed_factory_had_a_use_for_is_deleted() throws Exception {
    for (String folder : List.of("checks/item-1/tree", "probes/probe-1", "artifacts/incoming")) {
      Files.writeString(scratch.make("data/" + folder).resolve("half"), "half");
    }
    Path kept = scratch.make("data/artifacts/ab").resolve("whole");
    Files.writeString(kept, "whole");

    Sweep.of(data);

    assertThat(data.resolve("checks")).doesNotExist();
    assertThat(data.resolve("probes")).doesNotExist();
    assertThat(data.resolve("artifacts/incoming")).doesNotExist();
    assertThat(kept).exists();
  }

  @Test
  void a_pid_that_now_is_somebody_elses_is_left_alone() throws Exception {
    Process innocent = Spawner.start(new ProcessBuilder("sleep", "1000"));
    Path record = scratch.make("data/processes/run-x").resolve("record");
    Files.write(
        record,
        List.of("boot=" + Procfs.bootId(), "group=/etc", "pid=" + innocent.pid(), "start=1"));

    assertThat(Sweep.of(data)).isEqualTo(new Sweep(1, 0));

    assertThat(innocent.isAlive()).isTrue();
    assertThat(record).doesNotExist();
    innocent.destroyForcibly();
  }

  @Test
  void a_record_that_is_rubbish_is_forgotten() throws Exception {
    Path run = scratch.make("data/processes/run-y");
    Files.writeString(run.resolve("record"), "pid=abc\nnonsense\n=\ngroup=\n");

    assertThat(Sweep.of(data)).isEqualTo(new Sweep(1, 0));

    assertThat(run).doesNotExist();
  }

  private Process factory(SandboxKind kind, String line) throws Exception {
    return Spawner.start(
        new ProcessBuilder(
                JavaHome.path().resolve("bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Xmx64m",
                Orphaned.class.getName(),
                data.toString(),
                scratch.make("workspace").toString(),
                kind.name(),
                line)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD));
  }
}

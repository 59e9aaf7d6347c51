package dev.millwright.codegen.adapter.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.millwright.codegen.port.AgentEvent;
import dev.millwright.codegen.port.AgentOutcome;
import dev.millwright.shared.workitem.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every agent with a protocol must do, asked of the real programs.
@Execution(ExecutionMode.CONCURRENT)
class SessionAgentTest {
  private static final Map<String, String> FILES = Map.ofEntries(entry("a.txt", "one\n"));

  private Path folder;
  private Rig rig;

  @BeforeEach
  void lay_out() throws IOException, InterruptedException {
    var memory = Path.of("/dev/shm");
    folder =
        Files.isWritable(memory)
            ? Files.createTempDirectory(memory, "millwright-test-")
            : Files.createTempDirectory("millwright-test-");
    rig = new Rig(folder, FILES, Duration.ofSeconds(20));
  }

  @AfterEach
  void clear_away() throws IOException {
    rig.close();
    try (var all = Files.walk(folder)) {
      for (var path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void it_does_what_the_model_says_and_is_counted(Rig.Kind kind) throws Exception {
    try (var session = rig.open(kind)) {
      var outcome = session.turn("Please.\nDO: echo two > b.txt\n");

      assertThat(outcome).as("%s", rig.heard).isInstanceOf(AgentOutcome.Done.class);
    }
    assertThat(rig.file("b.txt")).isEqualTo("two\n");
    var spent =
        rig.heard.stream()
            .filter(AgentEvent.Spent.class::isInstance)
            .mapToLong(event -> ((AgentEvent.Spent) event).usage().outputTokens())
            .sum();
    assertThat(spent).isEqualTo(rig.model.replies() * ScriptedModel.OUTPUT);
  }

  @ParameterizedTest
  @EnumSource
  void the_real_key_never_reaches_it(Rig.Kind kind) throws Exception {
    try (var session = rig.open(kind)) {
      session.turn("Please.\nDO: env > env.txt; cat /proc/*/environ >> env.txt 2>/dev/null\n");
    }

    assertThat(rig.file("env.txt")).isNotEmpty().doesNotContain(ScriptedModel.KEY);
    assertThat(rig.model.asked())
        .allSatisfy(asked -> assertThat(asked.key()).contains(ScriptedModel.KEY));
    assertThat(rig.heard.toString()).doesNotContain(ScriptedModel.KEY);
  }

  @ParameterizedTest
  @EnumSource
  void a_second_turn_goes_on(Rig.Kind kind) throws Exception {
    try (var session = rig.open(kind)) {
      session.turn("Please.\nDO: echo two > b.txt\n");
      var outcome = session.turn("And now.\nDO: echo three >> b.txt\n");

      assertThat(outcome).isInstanceOf(AgentOutcome.Done.class);
    }
    assertThat(rig.file("b.txt")).isEqualTo("two\nthree\n");
  }

  @ParameterizedTest
  @EnumSource
  void a_wrong_key_is_called_that(Rig.Kind kind) throws Exception {
    rig.model.meet(
        new ScriptedModel.Mischief.Refuse(
            401, "{\"error\":{\"type\":\"authentication_error\",\"message\":\"no\"}}", ""),
        50);
    try (var session = rig.open(kind)) {
      assertThat(session.turn("DO: echo two > b.txt"))
          .isInstanceOfSatisfying(
              AgentOutcome.Failed.class,
              failed -> assertThat(failed.kind()).isEqualTo(FailureKind.AUTH));
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_rate_limit_says_when_to_come_back(Rig.Kind kind) throws Exception {
    rig.model.meet(
        new ScriptedModel.Mischief.Refuse(
            429, "{\"error\":{\"type\":\"rate_limit_error\",\"message\":\"slow down\"}}", "77"),
        50);
    try (var session = rig.open(kind)) {
      assertThat(session.turn("DO: echo two > b.txt"))
          .isInstanceOfSatisfying(
              AgentOutcome.Failed.class,
              failed -> {
                assertThat(failed.kind()).isEqualTo(FailureKind.RATE_LIMIT);
                assertThat(failed.after()).contains(Duration.ofSeconds(77));
              });
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_model_that_hangs_is_a_stall(Rig.Kind kind) throws Exception {
    rig.close();
    rig = new Rig(folder.resolve("impatient"), FILES, Duration.ofSeconds(8));
    rig.model.meet(new ScriptedModel.Mischief.Hang(), 50);
    try (var session = rig.open(kind)) {
      assertThat(session.turn("DO: echo two > b.txt")).isInstanceOf(AgentOutcome.Failed.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_passing_failure_of_the_provider_passes(Rig.Kind kind) throws Exception {
    rig.model.meet(new ScriptedModel.Mischief.Refuse(500, "{\"error\":{}}", ""), 1);
    try (var session = rig.open(kind)) {
      assertThat(session.turn("DO: echo two > b.txt")).isInstanceOf(AgentOutcome.Done.class);
    }
    assertThat(rig.file("b.txt")).isEqualTo("two\n");
  }

  @ParameterizedTest
  @EnumSource(names = {"CODEX", "CLAUDE", "OPENCODE"})
  void an_earlier_session_is_remembered(Rig.Kind kind) throws Exception {
    try (var session = rig.open(kind)) {
      session.turn("Please.\nDO: echo two > b.txt\n");
    }
    var known = rig.session();
    try (var session = rig.open(kind)) {
      assertThat(session.turn("Go on.\nDO: echo three >> b.txt\n"))
          .isInstanceOf(AgentOutcome.Done.class);
    }
    assertThat(rig.session()).isEqualTo(known);
    assertThat(rig.model.asked().getLast().body().toString()).contains("echo two > b.txt");
  }
}

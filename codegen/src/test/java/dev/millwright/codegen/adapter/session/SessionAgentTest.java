package dev.millwright.codegen.adapter.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.codegen.adapter.scripted.ScriptedModel;
import dev.millwright.codegen.adapter.scripted.ScriptedModel.Mischief;
import dev.millwright.codegen.domain.Words;
import dev.millwright.codegen.port.AgentEvent;
import dev.millwright.codegen.port.AgentOutcome;
import dev.millwright.codegen.port.AgentOutcome.Failed;
import dev.millwright.codegen.port.AgentSession;
import dev.millwright.shared.workitem.FailureKind;
import dev.millwright.shared.workitem.Usage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// What every agent must do, asked of the real programs; a command must do what needs no model.
@Execution(ExecutionMode.CONCURRENT)
class SessionAgentTest {
  private static final String LONG =
      "DO: (setsid sleep 3600 & sleep 3600 & touch started; sleep 3600)";

  private Path folder;
  private Rig rig;

  @BeforeEach
  void lay_out() throws IOException, InterruptedException {
    folder = Rig.folder();
    rig = new Rig(folder, Map.of("a.txt", "one\n"));
  }

  @AfterEach
  void clear_away() throws IOException {
    rig.close();
    Rig.clear(folder);
  }

  /// Its turns become a commit; what models served is counted and kept, and the real key is
  /// nowhere.
  @ParameterizedTest
  @EnumSource
  void several_turns_become_a_commit_and_every_token_is_counted(Rig.Kind kind) throws Exception {
    try (var session = rig.open(kind)) {
      assertThat(session.turn("Please.\nDO: echo two > b.txt\n"))
          .as("%s", rig.heard)
          .isInstanceOf(AgentOutcome.Done.class);
      assertThat(session.turn("And now.\nDO: echo three >> b.txt\n"))
          .isInstanceOf(AgentOutcome.Done.class);
      assertThat(session.turn("Look.\nDO: (env; cat /proc/*/environ) > env.txt 2>&1 || :\n"))
          .isInstanceOf(AgentOutcome.Done.class);
    }

    var commit = rig.takeOut();
    assertThat(rig.committed(commit, "b.txt")).isEqualTo("two\nthree\n");
    assertThat(rig.committed(commit, "a.txt")).isEqualTo("one\n");
    assertThat(rig.changed(commit)).containsExactlyInAnyOrder("b.txt", "env.txt");
    rig.assertNothingLeft();
    assertThat(rig.file("env.txt")).isNotEmpty().doesNotContain(ScriptedModel.KEY);
    if (kind != Rig.Kind.COMMAND) {
      everythingIsCounted();
      theKeyIsNowhere();
    }
  }

  private void everythingIsCounted() throws IOException {
    long replies = rig.model.replies();
    var spent =
        rig.heard.stream()
            .filter(AgentEvent.Spent.class::isInstance)
            .map(event -> ((AgentEvent.Spent) event).usage())
            .reduce(Usage.NONE, Usage::plus);
    assertThat(spent.inputTokens()).isEqualTo(replies * ScriptedModel.INPUT);
    assertThat(spent.outputTokens()).isEqualTo(replies * ScriptedModel.OUTPUT);
    var exchanges = rig.exchanges();
    assertThat(exchanges).filteredOn(line -> line.has("asks")).hasSize(rig.model.asked().size());
    assertThat(exchanges.stream().mapToLong(line -> line.path("cached").asLong()).sum())
        .isEqualTo(replies * ScriptedModel.CACHED);
  }

  private void theKeyIsNowhere() throws IOException {
    assertThat(rig.model.asked())
        .allSatisfy(asked -> assertThat(asked.key()).contains(ScriptedModel.KEY));
    assertThat(rig.heard.toString() + rig.exchanges()).doesNotContain(ScriptedModel.KEY, "mw-");
    try (var files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile))
          .allSatisfy(file ->
              assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                  .doesNotContain(ScriptedModel.KEY));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "COMMAND")
  void what_a_provider_does_wrong_is_called_what_it_is(Rig.Kind kind) throws Exception {
    var refused = "{\"error\":{\"type\":\"%s\",\"message\":\"no\"}}";
    try (var session = rig.open(kind)) {
      rig.model.meet(new Mischief.Refuse(401, refused.formatted("authentication_error"), ""), 500);
      assertThat(failure(session, "DO: echo 1 > b.txt").kind()).isEqualTo(FailureKind.AUTH);

      rig.model.behave();
      rig.model.meet(new Mischief.Refuse(429, refused.formatted("rate_limit_error"), "77"), 500);
      var limited = failure(session, "DO: echo 2 > b.txt");
      assertThat(limited.kind()).isEqualTo(FailureKind.RATE_LIMIT);
      assertThat(limited.after()).contains(Duration.ofSeconds(77));

      rig.model.behave();
      rig.model.meet(new Mischief.Refuse(500, refused.formatted("server_error"), ""), 500);
      assertThat(failure(session, "DO: echo 3 > b.txt").kind()).isEqualTo(FailureKind.OUTSIDE);

      rig.model.behave();
      rig.model.meet(new Mischief.HangUp(), 500);
      assertThat(failure(session, "DO: echo 4 > b.txt").kind()).isEqualTo(FailureKind.OUTSIDE);

      rig.model.behave();
      rig.model.meet(new Mischief.Refuse(503, refused.formatted("server_error"), ""), 1);
      assertThat(session.turn("DO: echo 5 > b.txt")).isInstanceOf(AgentOutcome.Done.class);

      rig.model.meet(new Mischief.Hang(), 500);
      assertThat(failure(session, "DO: echo 6 > b.txt").kind())
          .isIn(FailureKind.STALL, FailureKind.OUTSIDE);
    }
    assertThat(rig.file("b.txt")).isEqualTo("5\n");
    rig.assertNothingLeft();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "COMMAND")
  void past_its_time_it_is_stopped(Rig.Kind kind) throws Exception {
    try (var session = rig.open(kind)) {
      var turn = Rig.turn(session, LONG);
      awaitStarted();
      assertThat(rig.processes()).isNotEmpty();

      rig.clock.skip(Rig.LIMIT.plusMinutes(1));

      assertThat(rig.hurried(turn))
          .isInstanceOfSatisfying(
              Failed.class, failed -> assertThat(failed.kind()).isEqualTo(FailureKind.TIMEOUT));
    }
    rig.assertNothingLeft();
  }

  @ParameterizedTest
  @EnumSource
  void interrupted_it_ends_with_all_it_started(Rig.Kind kind) throws Exception {
    var ended = new CompletableFuture<Throwable>();
    var thread =
        Thread.ofVirtual()
            .start(() -> {
              try (var session = rig.open(kind)) {
                session.turn(LONG);
                ended.complete(new AssertionError("it ran to its end"));
              } catch (Throwable thrown) {
                ended.complete(thrown);
              }
            });
    awaitStarted();
    var running = rig.processes();
    assertThat(running)
        .as("what it started is seen")
        .anyMatch(process -> process.info().commandLine().orElse("").contains("sleep 3600"));
    thread.interrupt();

    assertThat(ended.get()).isInstanceOf(InterruptedException.class);
    rig.assertNothingLeft();
  }

  /// What stands is said once to a session that remembers it.
  @ParameterizedTest
  @EnumSource
  void killed_in_a_turn_it_failed_and_the_next_attempt_goes_on(Rig.Kind kind) throws Exception {
    var first = new Words("These are the RULES.\n", "", LONG + "\n");
    try (var session = rig.open(kind)) {
      var turn = Rig.turn(session, first);
      awaitStarted();
      if (kind == Rig.Kind.GEMINI || kind == Rig.Kind.OPENCODE) {
        assertThat(session.steer("DO: echo it cannot hear in a turn")).isFalse();
      }
      rig.kill(kind);

      assertThat(turn.get())
          .isInstanceOfSatisfying(
              Failed.class, failed -> assertThat(failed.kind()).isEqualTo(FailureKind.CRASH));
      rig.assertNothingLeft();
    }
    try (var session = rig.open(kind)) {
      var next = new Words(first.standing(), "", "Go on.\nDO: echo three >> b.txt\n");
      assertThat(session.turn(next)).as("%s", rig.heard).isInstanceOf(AgentOutcome.Done.class);
    }
    assertThat(rig.file("b.txt")).isEqualTo("three\n");
    if (kind == Rig.Kind.COMMAND) {
      return;
    }
    var asked = rig.model.asked().getLast().body().toString();
    assertThat(asked.split("These are the RULES", -1)).hasSize(2);
    if (kind != Rig.Kind.GEMINI) { // It remembers nothing, and is told everything anew.
      assertThat(rig.sessions()).hasSize(2);
      assertThat(rig.sessions().getFirst()).isEqualTo(rig.sessions().getLast());
      assertThat(asked).contains("touch started");
    }
  }

  @ParameterizedTest
  @EnumSource
  void garbage_and_a_line_of_ten_megabytes_harm_nothing(Rig.Kind kind) throws Exception {
    var talkative = talkative(kind);
    // Gemini hands on whatever a tool says, and its model is then full.
    var tool = kind == Rig.Kind.GEMINI ? "" : "head -c 10000000 /dev/zero | tr '\\0' x; echo; ";
    try (var session = rig.open(kind, kind.command.replaceFirst("\\S+", talkative.toString()))) {
      assertThat(session.turn("DO: " + tool + "echo two > b.txt"))
          .as("%s", rig.heard.size())
          .isInstanceOf(AgentOutcome.Done.class);
    }
    assertThat(rig.file("b.txt")).isEqualTo("two\n");
    assertThat(rig.heard)
        .allSatisfy(event -> assertThat(event.line().length()).isLessThan(1 << 20));
  }

  @ParameterizedTest
  @EnumSource
  void a_program_that_says_only_garbage_and_ends_has_failed_with_its_last_words(Rig.Kind kind)
      throws Exception {
    try (var session = rig.open(kind, "/bin/sh -c 'echo {garbage; echo no licence >&2; exit 3'")) {
      assertThat(session.turn("DO: echo two > b.txt"))
          .isInstanceOfSatisfying(
              Failed.class, failed -> assertThat(failed.reason()).contains("no licence"));
    }
  }

  /// A program of the same name that says all sorts of things before it becomes the real one.
  private Path talkative(Rig.Kind kind) throws IOException {
    var real =
        kind == Rig.Kind.COMMAND
            ? Path.of("/bin/sh")
            : InstalledAgents.programs().resolve(kind.program()).toRealPath();
    var file = Files.createDirectory(folder.resolve("talkative")).resolve(kind.program());
    Files.writeString(
        file,
        """
        #!/bin/sh
        head -c 10000000 /dev/zero | tr '\\0' x; echo
        printf 'garbage \\377\\376 \\033[31m\\n\\n{"id":\\n[]\\n[{}]\\nnull\\n42\\n"text"\\n{}\\n{"type":7}\\n'
        printf '{"method":"no/such","params":[1]}\\n{"type":"no_such"}\\n{"result":{},"id":99999}\\n'
        exec '%s' "$@"
        """
            .formatted(real));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file;
  }

  private void awaitStarted() {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> Files.exists(rig.workspace.files().resolve("started")));
  }

  /// Agents that try again and again have some time of their own, then it flies.
  private Failed failure(AgentSession session, String prompt) {
    int before = rig.model.asked().size();
    var turn = Rig.turn(session, prompt);
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> turn.isDone() || rig.model.asked().size() > before);
    var outcome = rig.hurried(turn);
    assertThat(outcome).isInstanceOf(Failed.class);
    return (Failed) outcome;
  }
}

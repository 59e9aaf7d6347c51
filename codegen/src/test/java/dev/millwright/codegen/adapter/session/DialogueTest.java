package dev.millwright.codegen.adapter.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.codegen.adapter.scripted.ScriptedModel;
import dev.millwright.codegen.domain.Words;
import dev.millwright.codegen.port.AgentEvent;
import dev.millwright.codegen.port.AgentOutcome;
import dev.millwright.codegen.port.AgentSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is said to an agent while it works, and what it asks, with the real programs.
@Execution(ExecutionMode.CONCURRENT)
class DialogueTest {
  private static final Map<String, String> FILES = Map.of("a.txt", "one\n");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private Path folder;
  private Rig rig;

  @BeforeEach
  void lay_out() throws IOException, InterruptedException {
    var memory = Path.of("/dev/shm");
    folder =
        Files.isWritable(memory)
            ? Files.createTempDirectory(memory, "millwright-test-")
            : Files.createTempDirectory("millwright-test-");
    rig = new Rig(folder, FILES);
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
  @EnumSource(names = {"CODEX", "CLAUDE"})
  void words_in_the_middle_of_a_turn_are_heard_in_it(Rig.Kind kind) throws Exception {
    try (var session = rig.open(kind)) {
      var turn = turn(session, "DO: touch started; sleep 3; echo two > b.txt");
      awaitFile("started");

      var taken = session.steer("One more thing.\nDO: echo three > c.txt\n");

      assertThat(taken).as("%s", rig.heard).isTrue();
      assertThat(outcome(turn)).isInstanceOf(AgentOutcome.Done.class);
    }
    assertThat(rig.file("b.txt")).isEqualTo("two\n");
    assertThat(rig.file("c.txt")).isEqualTo("three\n");
  }

  @ParameterizedTest
  @EnumSource(names = {"CODEX", "CLAUDE"})
  void words_that_meet_the_last_reply_are_heard_or_given_back(Rig.Kind kind) throws Exception {
    try (var session = rig.open(kind)) {
      rig.model.meet(new ScriptedModel.Mischief.Dawdle(Duration.ofSeconds(2)), 2);
      var turn = turn(session, "DO: echo two > b.txt");
      await().atMost(PATIENCE).until(() -> rig.model.asked().size() >= 2);

      var taken = session.steer("One more thing.\nDO: echo three > c.txt\n");

      assertThat(outcome(turn)).as("%s", rig.heard).isInstanceOf(AgentOutcome.Done.class);
      assertThat(rig.file("c.txt").equals("three\n")).as("%s", rig.heard).isEqualTo(taken);
      assertThat(session.turn("DO: echo four > d.txt")).isInstanceOf(AgentOutcome.Done.class);
      assertThat(rig.file("d.txt")).isEqualTo("four\n");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"GEMINI", "OPENCODE"})
  void who_cannot_be_spoken_to_in_a_turn_says_so(Rig.Kind kind) throws Exception {
    try (var session = rig.open(kind)) {
      var turn = turn(session, "DO: touch started; sleep 2; echo two > b.txt");
      awaitFile("started");

      assertThat(session.steer("DO: echo three > c.txt")).isFalse();
      assertThat(outcome(turn)).isInstanceOf(AgentOutcome.Done.class);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"CODEX", "CLAUDE"})
  void a_question_ends_the_turn_and_the_answer_finds_the_same_session(Rig.Kind kind)
      throws Exception {
    try (var session = rig.open(kind)) {
      assertThat(session.turn("Please.\nUSE: " + question(kind)))
          .as("%s", rig.heard)
          .isInstanceOfSatisfying(
              AgentOutcome.Asks.class,
              asks -> assertThat(asks.question()).contains("Which colour?", "red", "blue"));
    }
    var known = rig.sessions().getLast();
    try (var session = rig.open(kind)) {
      assertThat(session.turn("Blue.\nDO: echo blue > b.txt"))
          .isInstanceOf(AgentOutcome.Done.class);
    }
    assertThat(rig.sessions().getLast()).isEqualTo(known);
    assertThat(rig.model.asked().getLast().body().toString()).contains("Which colour?");
    assertThat(rig.file("b.txt")).isEqualTo("blue\n");
  }

  private static String question(Rig.Kind kind) {
    return switch (kind) {
      case CLAUDE ->
          "AskUserQuestion {\"questions\": [{\"question\": \"Which colour?\", \"header\": \"Colour\","
              + " \"multiSelect\": false, \"options\": [{\"label\": \"red\", \"description\": \"r\"},"
              + " {\"label\": \"blue\", \"description\": \"b\"}]}]}";
      case CODEX ->
          "request_user_input {\"questions\": [{\"id\": \"colour\", \"header\": \"Colour\","
              + " \"question\": \"Which colour?\", \"options\": [{\"label\": \"red\","
              + " \"description\": \"r\"}, {\"label\": \"blue\", \"description\": \"b\"}]}]}";
      case COMMAND, GEMINI, OPENCODE -> throw new IllegalArgumentException("asks in another way");
    };
  }

  @ParameterizedTest
  @EnumSource(names = {"CLAUDE", "GEMINI"})
  void what_leads_out_is_refused(Rig.Kind kind) throws Exception {
    var fetch =
        kind == Rig.Kind.CLAUDE
            ? "WebFetch {\"url\": \"https://example.com/\", \"prompt\": \"what is it\"}"
            : "web_fetch {\"prompt\": \"say what https://example.com/ is\"}";
    try (var session = rig.open(kind)) {
      var outcome = session.turn("USE: " + fetch);

      assertThat(outcome).as("%s", rig.heard).isInstanceOf(AgentOutcome.Done.class);
    }
    assertThat(rig.heard)
        .anySatisfy(event -> assertThat(event).isInstanceOf(AgentEvent.Refused.class));
    if (kind == Rig.Kind.CLAUDE) {
      assertThat(rig.model.asked().getLast().body().toString())
          .contains("There is no network here");
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "COMMAND")
  void what_stands_is_said_once_to_a_session_that_remembers(Rig.Kind kind) throws Exception {
    var first = new Words("These are the RULES.\n", "", "DO: echo two > b.txt\n");
    try (var session = rig.open(kind)) {
      assertThat(session.turn(first)).isInstanceOf(AgentOutcome.Done.class);
    }
    var before = rig.sessions().getLast();
    try (var session = rig.open(kind)) {
      assertThat(session.turn(first.then("DO: echo three > c.txt\n")))
          .isInstanceOf(AgentOutcome.Done.class);
    }

    var asked = rig.model.asked().getLast().body().toString();
    assertThat(asked.split("These are the RULES", -1)).as("%s", before).hasSize(2);
    assertThat(rig.file("c.txt")).isEqualTo("three\n");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "COMMAND")
  void an_interrupt_leaves_no_process(Rig.Kind kind) throws Exception {
    var mark = "61." + Integer.toUnsignedString(folder.hashCode());
    try (var session = rig.open(kind)) {
      var over = new CompletableFuture<AgentOutcome>();
      var thread =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  over.complete(session.turn("DO: touch started; sleep " + mark));
                } catch (InterruptedException e) {
                  over.completeExceptionally(e);
                }
              });
      awaitFile("started");
      assertThat(running(mark)).isTrue();

      thread.interrupt();

      await().atMost(PATIENCE).until(over::isCompletedExceptionally);
    }
    assertThat(running(mark)).isFalse();
    assertThat(running(folder.toString())).isFalse();
  }

  private static boolean running(String mark) throws IOException {
    try (var all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (var process : all) {
        try {
          if (Files.readString(process.resolve("cmdline")).contains(mark)) {
            return true;
          }
        } catch (IOException _) {
          // It has just ended.
        }
      }
    }
    return false;
  }

  private static CompletableFuture<AgentOutcome> turn(AgentSession session, String prompt) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return session.turn(prompt);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        },
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory()));
  }

  private static AgentOutcome outcome(CompletableFuture<AgentOutcome> turn)
      throws InterruptedException, ExecutionException, java.util.concurrent.TimeoutException {
    return turn.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private void awaitFile(String name) {
    await()
        .atMost(PATIENCE)
        .until(() -> Files.exists(rig.workspace.box().workspace().resolve(name)));
  }
}

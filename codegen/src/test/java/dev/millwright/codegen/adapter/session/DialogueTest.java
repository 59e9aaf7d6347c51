package dev.millwright.codegen.adapter.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.codegen.adapter.scripted.ScriptedModel;
import dev.millwright.codegen.port.AgentEvent;
import dev.millwright.codegen.port.AgentOutcome;
import dev.millwright.codegen.port.AgentSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
  @EnumSource(names = {"CLAUDE", "GEMINI", "OPENCODE"})
  void what_leads_out_is_refused_and_it_goes_on(Rig.Kind kind) throws Exception {
    var fetch =
        switch (kind) {
          case CLAUDE -> "WebFetch {\"url\": \"https://example.com/\", \"prompt\": \"what is it\"}";
          case OPENCODE -> "webfetch {\"url\": \"https://example.com/\", \"format\": \"text\"}";
          default -> "web_fetch {\"prompt\": \"say what https://example.com/ is\"}";
        };
    try (var session = rig.open(kind)) {
      assertThat(session.turn("USE: " + fetch))
          .as("%s", rig.heard)
          .isInstanceOf(AgentOutcome.Done.class);
      assertThat(refused()).hasSize(1);
      // The model was told, and had the last word.
      assertThat(rig.model.asked().getLast().body().toString()).contains("https://example.com/");
      if (kind == Rig.Kind.CLAUDE) {
        assertThat(rig.model.asked().getLast().body().toString())
            .contains("There is no network here");
      }
      if (kind != Rig.Kind.GEMINI) {
        filesOfTheCheckoutOnly(kind, session);
      }
    }
  }

  /// Leave to write is given where work is kept, and nowhere else.
  private void filesOfTheCheckoutOnly(Rig.Kind kind, AgentSession session) throws Exception {
    var write =
        kind == Rig.Kind.CLAUDE
            ? "USE: Write {\"file_path\": \"%s/%s.txt\", \"content\": \"two\"}"
            : "USE: write {\"filePath\": \"%s/%s.txt\", \"content\": \"two\"}";
    assertThat(session.turn(write.formatted("/workspace", "leave")))
        .isInstanceOf(AgentOutcome.Done.class);
    assertThat(refused()).hasSize(1);
    assertThat(rig.file("leave.txt")).isEqualTo("two");

    assertThat(session.turn(write.formatted("/opt", "no-leave")))
        .as("%s", rig.heard)
        .isInstanceOf(AgentOutcome.Done.class);
    assertThat(refused()).hasSize(2).last().asString().contains("/opt/no-leave.txt");
  }

  private List<AgentEvent> refused() {
    return rig.heard.stream().filter(AgentEvent.Refused.class::isInstance).toList();
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

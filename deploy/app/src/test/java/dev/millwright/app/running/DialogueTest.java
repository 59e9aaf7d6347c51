package dev.millwright.app.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What people say to an agent at work. The cases share one factory, and its agents work beside
/// each other.
@Execution(ExecutionMode.CONCURRENT)
class DialogueTest {
  private static final String WRITE = "mkdir -p items && echo done > items/%s.txt";

  /// Works until the test lets go.
  private static final String UNTIL_TOLD =
      "touch started; while [ ! -e go ]; do sleep 0.1; done; rm started go; ";

  @TempDir static Path folder;
  private static AgentFactory factory;
  private final Orphans orphans = new Orphans();

  @BeforeAll
  static void start() throws IOException {
    factory = AgentFactory.start(folder, Map.of(), "");
  }

  @AfterEach
  void nothing_is_left() {
    orphans.assertNone();
  }

  @AfterAll
  static void stop() {
    factory.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"codex", "claude"})
  void words_reach_the_turn_that_runs(String agent) {
    var id = factory.submit(agent, UNTIL_TOLD + WRITE.formatted("x"));
    factory.awaitFile(id, "started");

    var told = factory.run("steer", id, "--text", "Also:\nDO: " + WRITE.formatted("y"));

    assertThat(told.toString()).contains("told", "running");
    letGo(id);
    factory.client().awaitReview(id);
    assertThat(factory.text(id, "diff")).contains("items/x.txt", "items/y.txt");
    assertThat(factory.run("logs", id).out())
        .contains("says: Also:", "the agent was told in the middle of its turn");
    assertThat(factory.client().get("/api/v1/items/" + id + "/history").toString())
        .contains("steer");
    assertThat(factory.attempts(id)).isEqualTo(1);
    var late = factory.run("steer", id, "--text", "too late");
    assertThat(late.code()).isEqualTo(1);
    assertThat(late.toString()).contains("waiting on review");
  }

  @Test
  void words_for_an_agent_that_hears_nothing_in_a_turn_open_the_next_one() {
    var id = factory.submit("opencode", UNTIL_TOLD + WRITE.formatted("x"));
    factory.awaitFile(id, "started");

    factory.post(id, "answer", Map.of("text", "DO: " + WRITE.formatted("y")));
    letGo(id);

    factory.client().awaitReview(id);
    assertThat(factory.text(id, "diff")).contains("items/x.txt", "items/y.txt");
    assertThat(factory.text(id, "transcript")).contains("another turn: somebody said something");
    assertThat(factory.attempts(id)).isEqualTo(1);
  }

  @Test
  void a_question_waits_for_its_answer_and_the_session_goes_on() {
    var id =
        factory.submit(
            "claude",
            WRITE.formatted("half")
                + "\nUSE: AskUserQuestion {\"questions\": [{\"question\": \"Which colour?\","
                + " \"header\": \"Colour\", \"multiSelect\": false, \"options\": [{\"label\":"
                + " \"red\", \"description\": \"r\"}, {\"label\": \"blue\", \"description\":"
                + " \"b\"}]}]}");
    var waiting =
        factory
            .client()
            .await(id, "asks", item -> item.path("waiting_on").asText().equals("answer"));
    assertThat(waiting.path("reason").asText()).contains("Which colour?", "blue");

    factory.post(id, "answer", Map.of("text", "DO: " + WRITE.formatted("blue")));

    factory.client().awaitReview(id);
    assertThat(factory.text(id, "diff")).contains("items/blue.txt");
    assertThat(factory.askedLast("items/blue.txt")).contains("Which colour?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"codex", "claude", "gemini", "opencode"})
  void what_is_cancelled_stops_and_leaves_nothing(String agent) {
    var id = factory.submit(agent, "touch started; " + orphans.command());
    factory.awaitFile(id, "started");
    assertThat(factory.processes(id)).isNotEmpty();

    factory.post(id, "cancel", Map.of("reason", "enough"));

    orphans.assertNone();
    await("nothing of it runs")
        .atMost(AgentFactory.PATIENCE)
        .until(() -> factory.processes(id).isEmpty());
    assertThat(factory.client().item(id).path("result").asText()).isEqualTo("cancelled");
    await("its workspace is gone")
        .atMost(AgentFactory.PATIENCE)
        .until(() -> !Files.exists(factory.workspaces(id)));
  }

  /// Once the words have come to where the agent works.
  private static void letGo(String id) {
    await("the words are there")
        .atMost(AgentFactory.PATIENCE)
        .until(() -> factory.text(id, "transcript").contains(" says: "));
    try {
      Files.createFile(factory.awaitFile(id, "started").resolveSibling("go"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

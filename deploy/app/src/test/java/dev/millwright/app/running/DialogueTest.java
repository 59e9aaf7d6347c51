package dev.millwright.app.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.codegen.adapter.scripted.ScriptedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What people say to an agent at work, and what becomes of its session when something dies.
class DialogueTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String WRITE = "mkdir -p items && echo done > items/%s.txt";

  /// Works until the test lets go.
  private static final String UNTIL_TOLD =
      "touch started; while [ ! -e go ]; do sleep 0.1; done; rm started go; ";

  @TempDir Path folder;
  private ScriptedModel model;
  private Home home;
  private final Orphans orphans = new Orphans();

  @BeforeEach
  void lay_out() throws IOException {
    model = ScriptedModel.start();
    home = Home.make(folder, TestDatabase.H2);
    RealAgents.join(home, model, "");
  }

  @AfterEach
  void stop_the_model() {
    model.close();
    orphans.assertNone();
  }

  @ParameterizedTest
  @ValueSource(strings = {"codex", "claude"})
  void words_reach_the_turn_that_runs(String agent) {
    try (var server = ServerProcess.start(home)) {
      var client = new Client(server.url());
      var id = submit(client, agent, UNTIL_TOLD + WRITE.formatted("x"));
      awaitFile(id, "started");

      var told =
          CommandLine.run(
              server.url(), "steer", id, "--text", "Also:\nDO: " + WRITE.formatted("y"));

      assertThat(told.output()).contains("told", "running");
      letGo(client, id);
      client.awaitReview(id);
      var diff = client.get("/api/v1/items/" + id + "/diff").asText();
      assertThat(diff).contains("items/x.txt", "items/y.txt");
      assertThat(CommandLine.run(server.url(), "logs", id).output())
          .contains("says: Also:", "the agent was told in the middle of its turn");
      assertThat(client.get("/api/v1/items/" + id + "/history").toString()).contains("steer");
      assertThat(attempts(client, id, "codegen")).isEqualTo(1);
      var late = CommandLine.run(server.url(), "steer", id, "--text", "too late");
      assertThat(late.exit()).isEqualTo(1);
      assertThat(late.output()).contains("waiting on review");
    }
  }

  @Test
  void words_for_an_agent_that_hears_nothing_in_a_turn_open_the_next_one() {
    try (var server = ServerProcess.start(home)) {
      var client = new Client(server.url());
      var id = submit(client, "opencode", UNTIL_TOLD + WRITE.formatted("x"));
      awaitFile(id, "started");

      client.post(
          200, "/api/v1/items/" + id + "/answer", Map.of("text", "DO: " + WRITE.formatted("y")));
      letGo(client, id);

      client.awaitReview(id);
      assertThat(client.get("/api/v1/items/" + id + "/diff").asText())
          .contains("items/x.txt", "items/y.txt");
      assertThat(client.get("/api/v1/items/" + id + "/transcript").asText())
          .contains("another turn: somebody said something");
      assertThat(attempts(client, id, "codegen")).isEqualTo(1);
    }
  }

  @Test
  void a_question_waits_for_its_answer_and_the_session_goes_on() {
    try (var server = ServerProcess.start(home)) {
      var client = new Client(server.url());
      var id =
          submit(
              client,
              "claude",
              WRITE.formatted("half")
                  + "\nUSE: AskUserQuestion {\"questions\": [{\"question\": \"Which colour?\","
                  + " \"header\": \"Colour\", \"multiSelect\": false, \"options\": [{\"label\":"
                  + " \"red\", \"description\": \"r\"}, {\"label\": \"blue\", \"description\":"
                  + " \"b\"}]}]}");
      var waiting =
          client.await(id, "asks", item -> item.path("waiting_on").asText().equals("answer"));
      assertThat(waiting.path("reason").asText()).contains("Which colour?", "blue");

      client.post(
          200, "/api/v1/items/" + id + "/answer", Map.of("text", "DO: " + WRITE.formatted("blue")));

      client.awaitReview(id);
      assertThat(client.get("/api/v1/items/" + id + "/diff").asText()).contains("items/blue.txt");
      assertThat(model.asked().getLast().body().toString()).contains("Which colour?");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"codex", "claude"})
  void an_agent_that_is_killed_goes_on_with_its_session(String agent) {
    try (var server = ServerProcess.start(home)) {
      var client = new Client(server.url());
      var id = submit(client, agent, "touch started; " + orphans.command());
      awaitFile(id, "started");
      var before = model.asked().size();

      ProcessHandle.of(server.pid()).stream()
          .flatMap(ProcessHandle::descendants)
          .filter(process -> process.info().command().orElse("").contains("/" + agent))
          .forEach(ProcessHandle::destroyForcibly);

      client.await(id, "tries again", _ -> model.asked().size() > before);
      assertThat(model.asked().getLast().body().toString()).contains(orphans.command());
      client.post(200, "/api/v1/items/" + id + "/cancel", Map.of());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"codex", "claude"})
  void a_session_outlives_the_factory_and_no_word_is_lost(String agent) {
    String id;
    try (var server = ServerProcess.start(home)) {
      var client = new Client(server.url());
      id = submit(client, agent, "touch started; " + orphans.command());
      awaitFile(id, "started");
      client.post(
          200,
          "/api/v1/items/" + id + "/steer",
          Map.of("text", "Leave that.\nDO: " + WRITE.formatted("x")));
      server.kill();
    }
    orphans.assertNone();
    try (var server = ServerProcess.start(home)) {
      var client = new Client(server.url());

      client.awaitReview(id);

      assertThat(client.get("/api/v1/items/" + id + "/diff").asText()).contains("items/x.txt");
      var asked = model.asked().getLast().body().toString();
      assertThat(asked.split("# How you work here", -1).length)
          .as("the earlier session's prompt and the new one's")
          .isGreaterThanOrEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"codex", "claude", "gemini", "opencode"})
  void what_is_cancelled_stops_and_leaves_nothing(String agent) {
    try (var server = ServerProcess.start(home)) {
      var client = new Client(server.url());
      var id = submit(client, agent, "touch started; " + orphans.command());
      awaitFile(id, "started");

      client.post(200, "/api/v1/items/" + id + "/cancel", Map.of("reason", "enough"));

      orphans.assertNone();
      await("nothing of it runs")
          .atMost(PATIENCE)
          .until(() ->
              ProcessHandle.of(server.pid()).stream()
                  .flatMap(ProcessHandle::descendants)
                  .noneMatch(it -> it.info().commandLine().orElse("").contains(agent)));
      assertThat(client.item(id).path("result").asText()).isEqualTo("cancelled");
      await("its workspace is gone")
          .atMost(PATIENCE)
          .until(() -> !Files.exists(home.data().resolve("workspaces").resolve(id)));
    }
  }

  private static String submit(Client client, String agent, String command) {
    var body = new HashMap<String, Object>(Client.signalBody("talk", agent));
    body.put("body", "DO: " + command);
    return client.post(202, "/api/v1/signals", body).path("item_id").asText();
  }

  private Path awaitFile(String item, String name) {
    var places = home.data().resolve("workspaces").resolve(item);
    return await(name)
        .atMost(PATIENCE)
        .until(() -> find(places, name), Optional::isPresent)
        .orElseThrow();
  }

  private static Optional<Path> find(Path places, String name) {
    try (var all = Files.walk(places)) {
      return all.filter(path -> path.endsWith(name)).findFirst();
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  /// Once the words have come to where the agent works.
  private void letGo(Client client, String id) {
    await("the words are there")
        .atMost(PATIENCE)
        .until(
            () -> client.get("/api/v1/items/" + id + "/transcript").asText().contains(" says: "));
    try {
      Files.createFile(awaitFile(id, "started").resolveSibling("go"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long attempts(Client client, String id, String stage) {
    return StreamSupport.stream(client.item(id).path("attempts").spliterator(), false)
        .map((JsonNode attempt) -> attempt.path("stage").asText())
        .filter(stage::equals)
        .count();
  }
}

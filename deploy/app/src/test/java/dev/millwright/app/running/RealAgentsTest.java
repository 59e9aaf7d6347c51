package dev.millwright.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.codegen.adapter.scripted.ScriptedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole factories whose items are done by the real agents, four at the same time.
class RealAgentsTest {
  @TempDir Path folder;
  private ScriptedModel model;

  @BeforeEach
  void start_the_model() throws IOException {
    model = ScriptedModel.start();
  }

  @AfterEach
  void stop_the_model() {
    model.close();
  }

  @Test
  void each_of_them_does_an_item_and_the_key_of_the_model_is_nowhere() throws Exception {
    var home = Home.make(folder, TestDatabase.H2);
    RealAgents.join(home, model, "");
    var environments = ConcurrentHashMap.<String>newKeySet();
    try (var server = ServerProcess.start(home);
        var spy = Executors.newSingleThreadScheduledExecutor()) {
      var _ =
          spy.scheduleAtFixedRate(
              () -> look(server.pid(), environments), 0, 200, TimeUnit.MILLISECONDS);
      var client = new Client(server.url());
      var others = new ArrayList<String>();
      for (var agent : RealAgents.OTHERS) {
        others.add(submit(server, agent));
      }
      wasDone(client, server, "codex", submit(server, "codex", "--wait"));
      for (int i = 0; i < others.size(); i++) {
        wasDone(client, server, RealAgents.OTHERS.get(i), others.get(i));
      }
      server.stop();
      assertThat(server.output()).doesNotContain(ScriptedModel.KEY);
    }
    assertThat(environments)
        .as("agents were seen at work")
        .anyMatch(environment -> environment.contains("MILLWRIGHT_MODEL_TOKEN=mw-"))
        .anyMatch(environment -> environment.contains("ANTHROPIC_API_KEY=mw-"))
        .noneMatch(environment -> environment.contains(ScriptedModel.KEY));
    assertThat(holding(home.data(), ScriptedModel.KEY)).isEmpty();
    assertThat(holding(home.repository(), ScriptedModel.KEY)).isEmpty();
  }

  private String submit(ServerProcess server, String agent, String... more) throws IOException {
    var details =
        Files.writeString(
            folder.resolve(agent + ".md"),
            "DO: mkdir -p items && echo done > items/%s.txt && (env; cat /proc/*/environ) > /dev/null"
                .formatted(agent));
    var words = new ArrayList<>(List.of("submit", "Write the file for " + agent));
    words.addAll(List.of("--repo", "orders", "--agent", agent, "--body-file", "" + details));
    words.addAll(List.of(more));
    var said = CommandLine.run(server.url(), words.toArray(String[]::new));
    assertThat(said.exit()).as(said.output()).isZero();
    return said.output().lines().findFirst().orElseThrow().strip();
  }

  private void wasDone(Client client, ServerProcess server, String agent, String item) {
    var done = client.awaitReview(item);

    assertThat(client.get("/api/v1/items/" + item + "/diff").asText())
        .contains("items/" + agent + ".txt", "+done");
    assertThat(client.get("/api/v1/items/" + item + "/evidence").path("verdict").asText())
        .isEqualTo("passed");
    assertThat(client.get("/api/v1/items/" + item + "/transcript").asText())
        .contains("I did it.", "codegen: " + agent);
    assertThat(CommandLine.run(server.url(), "logs", item).output()).contains("I did it.");

    var exchanges = CommandLine.run(server.url(), "exchanges", "--json", item);
    assertThat(exchanges.exit()).as(exchanges.output()).isZero();
    assertThat(exchanges.output())
        .contains("\"asks\":", "\"says\":", "\"whole\":true", "items/" + agent)
        .doesNotContain(ScriptedModel.KEY, "mw-");
    assertThat(CommandLine.run(server.url(), "exchanges", item).output())
        .contains(agent + " #1 asks ", agent + " #1 hears", "ended with 200")
        .doesNotContain("\"asks\":");
    long calls = exchanges.output().lines().filter(line -> line.contains("\"whole\":true")).count();
    var usage = done.path("usage");
    assertThat(usage.path("input_tokens").asLong()).isEqualTo(calls * ScriptedModel.INPUT);
    assertThat(usage.path("output_tokens").asLong()).isEqualTo(calls * ScriptedModel.OUTPUT);
    assertThat(usage.path("cost_usd").asDouble()).isPositive();
    assertThat(attempts(done))
        .filteredOn(attempt -> attempt.path("stage").asText().equals("codegen"))
        .allSatisfy(attempt -> assertThat(attempt.path("exchanges").asText()).hasSize(64));
  }

  private static List<JsonNode> attempts(JsonNode item) {
    return StreamSupport.stream(item.path("attempts").spliterator(), false).toList();
  }

  /// Looks into the environment of everything the factory has started.
  private static void look(long server, Set<String> seen) {
    ProcessHandle.of(server).stream()
        .flatMap(ProcessHandle::descendants)
        .map(process -> Path.of("/proc", "" + process.pid(), "environ"))
        .forEach(file -> {
          try {
            seen.add(Files.readString(file, StandardCharsets.ISO_8859_1));
          } catch (IOException e) {
            // It has ended.
          }
        });
  }

  /// The files that hold a word, whatever else is in them.
  private static List<Path> holding(Path folder, String word) throws IOException {
    var found = new ArrayList<Path>();
    try (var files = Files.walk(folder)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(word)) {
          found.add(file);
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return found;
  }

  @Test
  void past_the_days_budget_an_item_waits_until_somebody_raises_it() throws Exception {
    var home = Home.make(folder, TestDatabase.H2);
    RealAgents.join(home, model, "policy: {budgets: {day: {usd: 0.000001}}}\n");
    try (var server = ServerProcess.start(home)) {
      var client = new Client(server.url());
      var item = submit(server, "codex");

      var waiting =
          client.await(
              item, "waits for budget", it -> it.path("waiting_on").asText().equals("budget"));
      assertThat(waiting.path("reason").asText()).contains("today's budget", "policy.budgets.day");
      assertThat(model.asked()).isEmpty();

      var settings = Files.readString(home.settings());
      Files.writeString(home.settings(), settings.replace("0.000001", "50"));
      Awaitility.await("the new budget counts")
          .atMost(Duration.ofMinutes(1))
          .pollInterval(Duration.ofSeconds(2))
          .until(() -> {
            client.post("/api/v1/items/" + item + "/retry", Map.of());
            return client.item(item).path("waiting_on").asText().equals("review");
          });
    }
    assertThat(home.data().resolve("spending")).isNotEmptyDirectory();
  }
}

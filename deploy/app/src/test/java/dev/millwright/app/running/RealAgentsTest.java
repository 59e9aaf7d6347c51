package dev.millwright.app.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.codegen.adapter.scripted.ScriptedModel;
import java.io.ByteArrayOutputStream;
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
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// A whole factory whose items are done by the real agents, four at the same time.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RealAgentsTest {
  @TempDir static Path folder;
  private static AgentFactory factory;

  @BeforeAll
  static void start() throws IOException {
    factory = AgentFactory.start(folder, Map.of(), "policy: {budgets: {day: {usd: 0.000001}}}\n");
  }

  @AfterAll
  static void stop() {
    factory.close();
  }

  @Test
  @Order(1)
  void past_the_days_budget_an_item_waits_until_somebody_raises_it() throws Exception {
    var client = factory.client();
    var item = factory.submit("codex", "mkdir -p items && echo done > items/dear.txt");

    var waiting =
        client.await(
            item, "waits for budget", it -> it.path("waiting_on").asText().equals("budget"));
    assertThat(waiting.path("reason").asText()).contains("today's budget", "policy.budgets.day");
    assertThat(factory.model.asked()).isEmpty();

    var settings = Files.readString(factory.home.settings());
    Files.writeString(factory.home.settings(), settings.replace("0.000001", "50"));
    await("the new budget counts")
        .atMost(AgentFactory.PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> {
          client.post("/api/v1/items/" + item + "/retry", Map.of());
          return client.item(item).path("waiting_on").asText().equals("review");
        });
    assertThat(factory.home.data().resolve("spending")).isNotEmptyDirectory();
  }

  @Test
  @Order(2)
  void each_of_them_does_an_item_and_the_key_of_the_model_is_nowhere() throws Exception {
    var environments = ConcurrentHashMap.<String>newKeySet();
    try (var spy = Executors.newSingleThreadScheduledExecutor();
        var people = Executors.newVirtualThreadPerTaskExecutor()) {
      var _ = spy.scheduleAtFixedRate(() -> look(environments), 0, 200, TimeUnit.MILLISECONDS);
      var done = new ArrayList<Future<?>>();
      for (var agent : RealAgents.ALL) {
        done.add(
            people.submit(() -> {
              wasDone(agent, submitted(agent));
              return true;
            }));
      }
      for (var each : done) {
        each.get();
      }
    }
    factory.server().stop();
    assertThat(factory.server().output()).doesNotContain(ScriptedModel.KEY);
    assertThat(environments)
        .as("agents were seen at work")
        .anyMatch(environment -> environment.contains("MILLWRIGHT_MODEL_TOKEN=mw-"))
        .anyMatch(environment -> environment.contains("ANTHROPIC_API_KEY=mw-"))
        .anyMatch(environment -> environment.contains("GEMINI_API_KEY=mw-"))
        .anyMatch(environment -> environment.contains("OPENCODE_CONFIG_CONTENT="))
        .noneMatch(environment -> environment.contains(ScriptedModel.KEY));
    assertThat(holding(factory.home.data(), ScriptedModel.KEY)).isEmpty();
    assertThat(holding(factory.home.repository(), ScriptedModel.KEY)).isEmpty();
  }

  /// Submits an item and waits for it as somebody at a terminal, while somebody else reads along.
  ///
  /// @return its id
  private static String submitted(String agent) throws Exception {
    var details =
        Files.writeString(
            folder.resolve(agent + ".md"),
            "DO: mkdir -p items && echo done > items/%s.txt && (env; cat /proc/*/environ) > /dev/null"
                .formatted(agent));
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var cli = new Cli(folder, factory.server().url());
    try (var terminal = Executors.newVirtualThreadPerTaskExecutor()) {
      var waits =
          terminal.submit(() ->
              cli.run(
                  out,
                  err,
                  "submit",
                  "Write the file for " + agent,
                  "--repo",
                  "orders",
                  "--agent",
                  agent,
                  "--body-file",
                  details.toString(),
                  "--wait"));
      await()
          .atMost(AgentFactory.PATIENCE)
          .until(() -> waits.isDone() || out.toString(StandardCharsets.UTF_8).endsWith("\n"));
      var item = out.toString(StandardCharsets.UTF_8).strip();

      var read = cli.run("logs", item, "-f");

      assertThat(read.code()).as(read.toString()).isZero();
      assertThat(read.out()).contains("codegen: " + agent, "I did it.");
      assertThat(read.err()).contains("waiting for review");
      assertThat(waits.get()).as("%s", err).isZero();
      assertThat(err.toString(StandardCharsets.UTF_8)).contains("codegen", "validation", "review");
      return item;
    }
  }

  private static void wasDone(String agent, String item) {
    var client = factory.client();
    var done = client.awaitReview(item);

    assertThat(factory.text(item, "diff")).contains("items/" + agent + ".txt", "+done");
    assertThat(client.get("/api/v1/items/" + item + "/evidence").path("verdict").asText())
        .isEqualTo("passed");
    assertThat(factory.text(item, "transcript"))
        .contains("I did it.", "codegen: " + agent, "echo done > items/" + agent + ".txt");

    var exchanges = factory.run("exchanges", "--json", item);
    assertThat(exchanges.code()).as(exchanges.toString()).isZero();
    assertThat(exchanges.out())
        .contains("\"asks\":", "\"says\":", "\"whole\":true", "items/" + agent)
        .doesNotContain(ScriptedModel.KEY, "mw-");
    assertThat(factory.run("exchanges", item).out())
        .contains(agent + " #1 asks ", agent + " #1 hears", "ended with 200")
        .doesNotContain("\"asks\":");
    long calls = exchanges.out().lines().filter(line -> line.contains("\"whole\":true")).count();
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
  private static void look(Set<String> seen) {
    ProcessHandle.of(factory.server().pid()).stream()
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
}

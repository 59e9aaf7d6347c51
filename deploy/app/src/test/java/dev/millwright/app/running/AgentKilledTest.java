package dev.millwright.app.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` in the middle of the work: of an agent's process, and of the whole factory.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AgentKilledTest {
  private static final Orphans MORTALS = new Orphans();

  @TempDir static Path folder;
  private static AgentFactory factory;
  private final Orphans orphans = new Orphans();

  @BeforeAll
  static void start() throws IOException {
    var mortal =
        // Triage was the first attempt, this is the second; it would go on for hours.
        "if [ $MILLWRIGHT_ATTEMPT = 2 ]; then setsid %1$s & echo half > half; exec %1$s 9; fi; "
                .formatted(MORTALS.command())
            + Home.WORKER;
    factory = AgentFactory.start(folder, Map.of("mortal", mortal), "");
  }

  @AfterAll
  static void stop() {
    factory.close();
  }

  @Test
  @Order(1)
  void the_attempt_ends_as_a_crash_and_the_next_one_gets_through() throws Exception {
    var client = factory.client();
    var id = client.signal("mortal", "mortal");
    // The shell that runs the command names the sleep too, before it has written anything.
    var half = factory.workspaces(id).resolve("g2/files/half");
    await("the agent works")
        .atMost(AgentFactory.PATIENCE)
        .until(() -> Files.exists(half) && Files.readString(half).equals("half\n"));

    MORTALS.left(" 9").forEach(ProcessHandle::destroyForcibly);

    client.awaitReview(id);
    var attempts = client.item(id).path("attempts");
    assertThat(attempts.get(1).path("outcome").asText()).isEqualTo("retry");
    assertThat(attempts.get(1).path("reason").asText()).contains("killed by signal 9");
    MORTALS.assertNone();
    assertThat(factory.workspaces(id)).doesNotExist();
    assertThat(salvaged(id)).isEqualTo("half");
  }

  private static String salvaged(String id) throws Exception {
    try (var mirrors = Files.list(factory.home.data().resolve("mirrors"))) {
      var mirror = mirrors.filter(Files::isDirectory).findFirst().orElseThrow();
      return Home.git(mirror, "show", "refs/millwright/salvage/" + id + "/2:half");
    }
  }

  @Test
  @Order(2)
  void each_real_agent_that_is_killed_goes_on_in_the_next_attempt() throws Exception {
    try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
      var all =
          RealAgents.ALL.stream()
              .map(agent -> people.submit(() -> killed(submit("killed", agent))))
              .toList();
      for (var each : all) {
        each.get();
      }
    }
    orphans.assertNone();
  }

  private Item killed(Item item) {
    told(item);

    factory.killAgent(item.id());

    getsThrough(item);
    assertThat(factory.attempts(item.id())).as(item.agent()).isEqualTo(2);
    // What stands was said once, whether to a session that goes on or to a fresh one.
    assertThat(prompts(item)).as(item.agent()).isEqualTo(1);
    return item;
  }

  @Test
  @Order(3)
  void each_real_agent_outlives_the_factory_and_no_word_is_lost() {
    var codex = RealAgents.ALL.getLast();
    var items = new ArrayList<Item>();
    RealAgents.ALL.stream()
        .filter(agent -> !agent.equals(codex))
        .forEach(agent -> items.add(submit("factory", agent)));
    items.forEach(this::told);
    // The last: after ten seconds its model hears of a command that still runs.
    items.add(submit("factory", codex));
    told(items.getLast());

    factory.dieAndRise(orphans::assertNone);

    for (var item : items) {
      getsThrough(item);
      assertThat(prompts(item))
          .as("%s: the earlier session's prompt, and the new one's", item.agent())
          .isGreaterThanOrEqualTo(item.agent().equals("gemini") ? 1 : 2);
    }
    orphans.assertNone();
  }

  /// An item, who does it, and the file that it will be done with.
  private record Item(String id, String agent, String file) {}

  /// Its command would go on for hours.
  private Item submit(String name, String agent) {
    var id = factory.submit(agent, "touch started; " + orphans.command());
    return new Item(id, agent, "items/" + name + "-" + agent + ".txt");
  }

  /// Tells it, in the middle of its command, to do something else; it may not have heard that yet.
  private void told(Item item) {
    factory.awaitFile(item.id(), "started");
    var words = "Leave that.\nDO: mkdir -p items && echo done > " + item.file();
    factory.post(item.id(), "steer", Map.of("text", words));
  }

  private void getsThrough(Item item) {
    factory.client().awaitReview(item.id());
    assertThat(factory.text(item.id(), "diff")).contains(item.file());
    assertThat(factory.askedLast(item.file())).as(item.agent()).contains(orphans.command());
    assertThat(factory.processes(item.id())).isEmpty();
  }

  private static int prompts(Item item) {
    return factory.askedLast(item.file()).split("# How you work here", -1).length - 1;
  }
}

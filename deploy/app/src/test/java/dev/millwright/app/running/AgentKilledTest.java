package dev.millwright.app.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An agent's process that is killed in the middle of its work.
class AgentKilledTest {
  @TempDir Path folder;

  @Test
  void the_attempt_ends_as_a_crash_and_the_next_one_gets_through() throws Exception {
    var orphans = new Orphans();
    var agent =
        // Triage was the first attempt, this is the second; it would go on for hours.
        "if [ $MILLWRIGHT_ATTEMPT = 2 ]; then setsid %1$s & echo half > half; exec %1$s 9; fi; "
                .formatted(orphans.command())
            + Home.WORKER;
    var home = Home.make(folder, TestDatabase.H2, Map.of("mortal", agent), "");
    try (var server = ServerProcess.start(home)) {
      var client = new Client(server.url());
      var id = client.signal("mortal", "mortal");
      // The shell that runs the command names the sleep too, before it has written anything.
      var half = home.data().resolve("workspaces").resolve(id).resolve("g2/files/half");
      await("the agent works")
          .atMost(Duration.ofMinutes(1))
          .until(() -> Files.exists(half) && Files.readString(half).equals("half\n"));

      orphans.left(" 9").forEach(ProcessHandle::destroyForcibly);

      client.awaitReview(id);
      var attempts = client.item(id).path("attempts");
      assertThat(attempts.get(1).path("outcome").asText()).isEqualTo("retry");
      assertThat(attempts.get(1).path("reason").asText()).contains("killed by signal 9");
      orphans.assertNone();
      assertThat(home.data().resolve("workspaces").resolve(id)).doesNotExist();
      assertThat(salvaged(home, id)).isEqualTo("half");
    }
  }

  private static String salvaged(Home home, String id) throws Exception {
    try (var mirrors = Files.list(home.data().resolve("mirrors"))) {
      var mirror = mirrors.filter(Files::isDirectory).findFirst().orElseThrow();
      return Home.git(mirror, "show", "refs/millwright/salvage/" + id + "/2:half");
    }
  }
}

package dev.millwright.app.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a policy does in the whole program.
class PolicyTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;

  @Test
  void an_ended_change_leaves_no_branch_behind_even_when_the_factory_was_killed() {
    var home = Home.make(folder, TestDatabase.H2);
    String rejected;
    try (var server = ServerProcess.start(home)) {
      var client = new Client(server.url());
      rejected = client.signal("rejected", "worker");
      client.awaitReview(rejected);
      client.post(200, "/api/v1/items/" + rejected + "/reject", Map.of("reason", "not like this"));
      server.kill();
    }
    try (var server = ServerProcess.start(home)) {
      awaitEnded(home, 1, "REJECTED", "not like this");

      var client = new Client(server.url());
      var landed = client.signal("landed", "worker");
      client.awaitReview(landed);
      client.post(200, "/api/v1/items/" + landed + "/approve", Map.of());

      awaitResult(client, landed, "done");
      awaitEnded(home, 2, "MERGED", "Approved by operator");
    }
  }

  @Test
  void settings_are_read_again_and_a_mistake_in_them_is_said() throws Exception {
    var home = Home.make(folder, TestDatabase.H2);
    var settings = Files.readString(home.settings());
    try (var server = ServerProcess.start(home)) {
      var client = new Client(server.url());

      Files.writeString(home.settings(), settings + "policy:\n  autonomy: reprot\n");
      await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThat(client.get("/health/ready").path("settings").toString())
                  .contains("policy.autonomy: 'reprot'"));
      Files.writeString(home.settings(), settings + "policy:\n  autonomy: report\n");
      await().atMost(PATIENCE).until(() -> client.get("/health/ready").path("settings").isEmpty());

      var id = client.signal("reported", "worker");
      var item = awaitResult(client, id, "done");
      assertThat(item.path("stage").asText()).isEqualTo("triage");
      assertThat(item.path("reason").asText()).startsWith("autonomy is report");
      assertThat(branches(home)).isEqualTo("main");
    }
  }

  private static JsonNode awaitResult(Client client, String id, String result) {
    return client.await(id, "is " + result, item -> item.path("result").asText().equals(result));
  }

  private static void awaitEnded(Home home, int change, String... says) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(change(home, change)).contains(says));
    assertThat(branches(home)).isEqualTo("main");
  }

  private static String branches(Home home) {
    return home.git("branch", "--format=%(refname:short)");
  }

  private static String change(Home home, int number) {
    try {
      return Files.readString(home.data().resolve("forge/orders/" + number + ".json"));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}

package dev.millwright.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A repository whose checks fail already: changes are told to be unproven, and still can land.
class RedBaseTest {
  @TempDir Path folder;

  @Test
  void what_failed_before_is_said_and_stops_no_landing() throws Exception {
    var home = Home.make(folder, TestDatabase.H2);
    var checkout = home.folder().resolve("first-checkout");
    Files.writeString(checkout.resolve("check.sh"), "echo the roof is leaking; exit 1\n");
    Home.git(checkout, "commit", "--quiet", "--all", "--message", "Let it rain");
    Home.git(checkout, "push", "--quiet", home.repository().toString(), "main");
    try (var server = ServerProcess.start(home)) {
      var client = new Client(server.url());
      var first = client.signal("first", "worker");
      var second = client.signal("second", "worker");
      client.awaitReview(first);
      client.awaitReview(second);

      var evidence = client.get("/api/v1/items/" + second + "/evidence");
      assertThat(evidence.path("verdict").asText()).isEqualTo("unproven");
      assertThat(evidence.path("diagnostics").toString()).contains("fails on the base commit");

      // The second one meets a base that has moved, and so is checked together with it.
      for (var item : new String[] {first, second}) {
        client.post(200, "/api/v1/items/" + item + "/approve", Map.of());
        client.await(item, "landed", now -> now.path("result").asText().equals("done"));
      }
      assertThat(home.git("ls-tree", "--name-only", "main:items"))
          .contains(first + ".txt", second + ".txt");
    }
  }
}

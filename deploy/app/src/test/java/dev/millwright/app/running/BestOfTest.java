package dev.millwright.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several agents on one contract, weighed by the repository's own checks.
class BestOfTest {
  @TempDir Path folder;

  @Test
  void the_change_whose_checks_pass_goes_on_and_the_other_can_be_read() throws Exception {
    var agents =
        Map.of(
            "sloppy", "mkdir -p items && echo nearly > items/$MILLWRIGHT_ITEM.txt",
            "tidy", Home.WORKER + " && echo more > items.md",
            "best", "{kind: best-of, agents: [sloppy, tidy]}");
    var home = Home.make(folder, TestDatabase.H2, agents, "");
    try (var server = ServerProcess.start(home)) {
      var client = new Client(server.url());
      var id = client.signal("contest", "best");

      client.awaitReview(id);

      var context = client.get("/api/v1/items/" + id + "/context");
      var change = context.path("change");
      assertThat(change.path("agent").asText()).isEqualTo("tidy");
      var other = change.path("others").path(0);
      assertThat(other.path("agent").asText()).isEqualTo("sloppy");
      assertThat(other.path("outcome").asText()).startsWith("failed");
      assertThat(client.get("/api/v1/items/" + id + "/diff?other=1").asText()).contains("+nearly");
      assertThat(client.get("/api/v1/items/" + id + "/diff").asText()).contains("+done");
    }
  }
}

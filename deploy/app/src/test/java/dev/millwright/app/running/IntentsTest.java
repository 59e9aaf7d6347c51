package dev.millwright.app.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an agent asks for, through the whole line.
class IntentsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /// Says all it wants at once, and never comes back from its first attempt.
  private static final String ASKER =
      """
      echo '{"intent":"comment","text":"It has no colour"}'
      echo '{"intent":"follow_up","title":"Paint the rest","body":"There is more","kind":"chore"}'
      [ "$MILLWRIGHT_ATTEMPT" -gt 2 ] || sleep 600
      if grep -q "operator: blue" "$MILLWRIGHT_PROMPT_FILE"; then
        echo '{"intent":"set_title","title":"Paint it blue"}'
        %s
      else
        echo '{"intent":"ask","question":"Red or blue?"}'
      fi
      """
          .formatted(Home.WORKER)
          .strip()
          .replace("\n", "; ")
          .replace("then;", "then")
          .replace("else;", "else");

  @TempDir Path folder;

  @Test
  void a_question_is_answered_and_a_follow_up_is_one_item_whatever_crashes() throws Exception {
    var home = Home.make(folder, TestDatabase.H2, Map.of("asker", ASKER), "");
    String id;
    try (var server = ServerProcess.start(home)) {
      var client = new Client(server.url());
      id = client.signal("paint", "asker");
      await().atMost(PATIENCE).until(() -> proposed(client).size() == 1);
      server.kill();
    }
    try (var server = ServerProcess.start(home)) {
      var client = new Client(server.url());
      var waiting =
          client.await(id, "asks", item -> item.path("waiting_on").asText().equals("answer"));
      assertThat(waiting.path("reason").asText()).isEqualTo("Red or blue?");

      client.post(200, "/api/v1/items/" + id + "/answer", Map.of("text", "blue"));

      client.awaitReview(id);
      assertThat(Files.readString(home.data().resolve("forge/orders/1.json")))
          .contains("Paint it blue");
      assertThat(intents(client, id))
          .containsExactlyInAnyOrder(
              "asker says: It has no colour",
              "asker proposes " + followUp(client) + ": Paint the rest",
              "asker calls its change: Paint it blue");
      var rest =
          client.await(
              followUp(client),
              "waits for a person",
              item -> item.path("waiting_on").asText().equals("approval"));
      assertThat(rest.path("title").asText()).isEqualTo("Paint the rest");
      assertThat(proposed(client)).hasSize(1);
    }
  }

  private static String followUp(Client client) {
    return proposed(client).getFirst().path("id").asText();
  }

  private static List<JsonNode> proposed(Client client) {
    return all(client.get("/api/v1/items").path("items")).stream()
        .filter(item -> item.path("source").asText().equals("agent"))
        .toList();
  }

  private static List<String> intents(Client client, String id) {
    return all(client.get("/api/v1/items/" + id + "/history").path("events")).stream()
        .filter(event -> event.path("event").asText().equals("intent-recorded"))
        .map(event -> event.path("summary").asText())
        .toList();
  }

  private static List<JsonNode> all(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }
}

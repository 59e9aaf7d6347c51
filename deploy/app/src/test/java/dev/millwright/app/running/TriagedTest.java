package dev.millwright.app.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What triage makes of requests in a whole factory: with its journal, its gateway, its repository.
class TriagedTest {
  private static final String OPINION =
      "{\\\"kind\\\": \\\"chore\\\", \\\"large\\\": false, \\\"sensitive\\\": false, \\\"question\\\": null}";
  private static final String ALIKE = "Write the file items/late.txt when an order comes late";
  private static final String PARTS =
      """
      - [ ] Remove the old export of orders
      - [ ] Move the settings below `orders`
      - [ ] Rewrite the upgrade guide
      - [ ] Rename the Docker image
      - [ ] Say so in the changelog
      """;

  @TempDir Path folder;

  @Test
  void requests_are_linked_cut_and_judged_also_after_a_kill() throws Exception {
    var asked = new CopyOnWriteArrayList<String>();
    var provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    provider.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    provider.createContext(
        "/",
        exchange -> {
          try (exchange) {
            asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            var body =
                ("{\"choices\": [{\"finish_reason\": \"stop\", \"message\": {\"content\": \""
                        + OPINION
                        + "\"}}], \"usage\": {\"prompt_tokens\": 700, \"completion_tokens\": 40}}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    provider.start();
    var model =
        """
        models:
          second: {protocol: openai-chat, base_url: "http://127.0.0.1:%d/v1", price: {input: 1, output: 2}}
        policy: {triage: {model: second}}
        """
            .formatted(provider.getAddress().getPort());
    var home = Home.make(folder, TestDatabase.H2, Map.of(), model);
    String first;
    try (var server = ServerProcess.start(home)) {
      var client = new Client(server.url());
      first = post(client, "late-1", ALIKE, "It should say done.");
      var second = post(client, "late-2", ALIKE, "It should say done.");

      var judged = judged(client, second);

      assertThat(finding(judged, "duplicate").path("value").asText()).isEqualTo("linked");
      assertThat(finding(judged, "duplicate").path("why").asText())
          .contains("looks like " + first, "1.00", "an operator asked for it");
      assertThat(finding(judged(client, first), "duplicate").path("value").asText())
          .isEqualTo("none");
      assertThat(finding(judged, "readiness").path("why").asText()).contains("make");
      assertThat(finding(judged, "model").isMissingNode()).isFalse();
      assertThat(asked).allMatch(body -> body.contains("BEGIN TICKET"));
      assertThat(client.item(second).at("/usage/input_tokens").asLong()).isEqualTo(700);

      isCut(client);
      server.kill();
    } finally {
      provider.stop(0);
    }
    try (var server = ServerProcess.start(home)) {
      var client = new Client(server.url());
      var third = post(client, "late-3", ALIKE, "It should say done.");

      var judged = judged(client, third);

      assertThat(finding(judged, "duplicate").path("why").asText()).contains("looks like " + first);
      assertThat(finding(judged, "model").path("why").asText()).contains("the rules decide alone");
      assertThat(finding(judged, "readiness").path("value").asText()).isNotBlank();
    }
  }

  private static void isCut(Client client) {
    var whole = post(client, "seven", "Prepare 7.0", PARTS);
    var done = client.await(whole, "is cut", item -> item.path("result").asText().equals("done"));
    assertThat(done.path("reason").asText()).contains("its parts are", "Rename the Docker image");

    // Lists follow the journal a moment later.
    var parts =
        await()
            .atMost(Duration.ofMinutes(2))
            .until(() -> partsOf(client, whole), all -> all.size() == 5);
    var one = part(parts, "Remove the old export of orders");
    var two = part(parts, "Move the settings below `orders`");
    client.awaitReview(one);
    var waiting =
        client.await(two, "waits", item -> item.path("waiting_on").asText().equals("time"));
    assertThat(waiting.path("reason").asText()).contains(one);
  }

  private static List<JsonNode> partsOf(Client client, String whole) {
    return StreamSupport.stream(
            client.get("/api/v1/items?limit=50").path("items").spliterator(), false)
        .filter(item -> item.path("signal_key").asText().startsWith("task:" + whole + "/"))
        .toList();
  }

  private static String part(List<JsonNode> parts, String title) {
    return parts.stream()
        .filter(item -> item.path("title").asText().equals(title))
        .map(item -> item.path("id").asText())
        .findFirst()
        .orElseThrow();
  }

  private static String post(Client client, String key, String title, String body) {
    var signal =
        new HashMap<String, Object>(
            Map.of("key", "task:" + key, "title", title, "body", body, "repo", "orders"));
    signal.put("agent", "worker");
    return client.post(202, "/api/v1/signals", signal).path("item_id").asText();
  }

  /// The contract of an item that triage has let through.
  private static JsonNode judged(Client client, String item) {
    return client
        .await(item, "has a contract", it -> !it.path("contract").path("findings").isEmpty())
        .path("contract");
  }

  private static JsonNode finding(JsonNode contract, String about) {
    for (var finding : contract.path("findings")) {
      if (finding.path("about").asText().equals(about)) {
        return finding;
      }
    }
    return contract.path("there is none");
  }
}

package dev.millwright.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/// JSON over HTTP with a factory, as any other program speaks it.
public final class Client {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI base;

  public Client(URI base) {
    this.base = base;
  }

  /// An answer of any status.
  public record Answer(int status, JsonNode body) {}

  public JsonNode get(String path) {
    try {
      return expect(200, ask(HttpRequest.newBuilder(base.resolve(path)).GET().build()));
    } catch (IOException e) {
      throw new AssertionError("no answer to GET " + path, e);
    }
  }

  /// Posts and expects a status; the body may be any JSON value, or null for none.
  public JsonNode post(int status, String path, Object body) {
    try {
      return expect(status, post(path, body));
    } catch (IOException e) {
      throw new AssertionError("no answer to POST " + path, e);
    }
  }

  /// Posts, whatever comes of it.
  ///
  /// @throws IOException no answer arrived, so nobody knows whether it was heard
  public Answer post(String path, Object body) throws IOException {
    var request =
        HttpRequest.newBuilder(base.resolve(path))
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(30))
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build();
    return ask(request);
  }

  /// Posts a signal for the repository `orders`.
  ///
  /// @return the item's id
  public String signal(String key, String agent) {
    var answer = post(202, "/api/v1/signals", signalBody(key, agent));
    return answer.path("item_id").asText();
  }

  /// What `signal` posts.
  public static Map<String, Object> signalBody(String key, String agent) {
    return Map.of(
        "source", "test",
        "key", "task:" + key,
        "title", "Do " + key,
        "body", "Write the file that says it is done.",
        "kind", "chore",
        "repo", "orders",
        "agent", agent);
  }

  public JsonNode item(String id) {
    return get("/api/v1/items/" + id);
  }

  /// Waits until the item is as described, and returns it.
  public JsonNode await(String id, String what, Predicate<JsonNode> done) {
    return Awaitility.await(id + " " + what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> item(id), done);
  }

  /// Waits until the item waits for a person's review.
  public JsonNode awaitReview(String id) {
    return await(id, "waits for review", item -> item.path("waiting_on").asText().equals("review"));
  }

  private Answer ask(HttpRequest request) throws IOException {
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      return new Answer(response.statusCode(), parsed(response.body()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static JsonNode parsed(String body) {
    try {
      return body.isBlank() ? JSON.missingNode() : JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return JSON.getNodeFactory().textNode(body);
    }
  }

  private static JsonNode expect(int status, Answer answer) {
    assertThat(answer.status()).as("status, with body %s", answer.body()).isEqualTo(status);
    return answer.body();
  }
}

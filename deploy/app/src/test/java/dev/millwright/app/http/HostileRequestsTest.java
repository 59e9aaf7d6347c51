package dev.millwright.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.app.http.Document.Declared;
import dev.millwright.app.http.Wire.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `-Dmillwright.fuzz.requests` and `-Dmillwright.fuzz.seed` make it longer or another one.
class HostileRequestsTest {
  private static final int REQUESTS = Integer.getInteger("millwright.fuzz.requests", 4_000);
  private static final long SEED = Long.getLong("millwright.fuzz.seed", 20_260_101L);
  private static final int SENDERS = 8;

  @Test
  void whatever_is_sent_nothing_breaks_and_nothing_happens_unseen(@TempDir Path data)
      throws Exception {
    try (var wire = Wire.start(data);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var item = wire.signal("{\"title\": \"A target\"}").json().path("item_id").asText();
      var operations = Document.of(wire).operations();
      Set<String> acknowledged = ConcurrentHashMap.newKeySet();
      acknowledged.add(item);
      var senders =
          IntStream.range(0, SENDERS)
              .<Callable<Map<Integer, Integer>>>mapToObj(
                  n -> () -> send(wire, operations, item, acknowledged, SEED + n))
              .toList();

      var statuses = new LinkedHashMap<Integer, Integer>();
      for (var sender : threads.invokeAll(senders)) {
        sender.get().forEach((status, count) -> statuses.merge(status, count, Integer::sum));
      }

      assertThat(statuses.keySet()).contains(200, 202, 400, 404, 405, 415, 422);
      assertThat(wire.get("/health/ready").status()).isEqualTo(200);
      assertThat(wire.get("/api/v1/items/" + item).status()).isEqualTo(200);
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () -> assertThat(wire.items()).containsExactlyInAnyOrderElementsOf(acknowledged));
    }
  }

  private static Map<Integer, Integer> send(
      Wire wire, List<Declared> operations, String item, Set<String> acknowledged, long seed)
      throws IOException {
    var random = new Random(seed);
    var statuses = new LinkedHashMap<Integer, Integer>();
    for (var n = 0; n < REQUESTS / SENDERS; n++) {
      var request = HostileRequest.of(operations, item, random);
      var answer = exchange(wire, request);
      if (answer == null) {
        assertThat(request.whole())
            .as("no answer to seed %d, #%d:%n%s", seed, n, request)
            .isFalse();
        continue;
      }
      check(request, answer);
      if (answer.status() <= 202 && answer.text().contains("\"item_id\"")) {
        acknowledged.add(answer.json().path("item_id").asText());
      }
      statuses.merge(answer.status(), 1, Integer::sum);
    }
    return statuses;
  }

  private static void check(HostileRequest request, Answer answer) {
    assertThat(answer.status()).as("%s%n%s", request, answer.text()).isNotIn(500, 502, 504);
    if (answer.status() == 503) {
      assertThat(answer.header("Retry-After")).as(request.toString()).isPresent();
    }
    if (answer.status() >= 400 && !request.head()) {
      answer.wellFormedError();
    }
  }

  /// The answer, without the body of one that went well unless it acknowledges a signal; nothing
  /// when the server closed without a word.
  private static @Nullable Answer exchange(Wire wire, HostileRequest request) throws IOException {
    try (var socket = wire.connect()) {
      socket.getOutputStream().write(request.bytes());
      if (!request.whole()) {
        socket.shutdownOutput();
      }
      var reader =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      var line = reader.readLine();
      while (line != null && line.startsWith("HTTP/1.1 100")) {
        headers(reader);
        line = reader.readLine();
      }
      if (line == null) {
        return null;
      }
      var status = Integer.parseInt(line.split(" ")[1]);
      var headers = headers(reader);
      var read = status >= 400 || request.operation().path().equals(Wire.SIGNALS);
      var text = read ? reader.lines().collect(Collectors.joining("\n")) : "";
      return new Answer(status, headers, text);
    } catch (java.net.SocketException closed) {
      return null;
    }
  }

  private static HttpHeaders headers(BufferedReader reader) throws IOException {
    var headers = new LinkedHashMap<String, List<String>>();
    for (var line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
      var parts = line.split(": ", 2);
      headers
          .computeIfAbsent(parts[0], _ -> new ArrayList<>())
          .add(parts.length > 1 ? parts[1] : "");
    }
    return HttpHeaders.of(headers, (_, _) -> true);
  }
}

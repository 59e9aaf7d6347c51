package dev.millwright.app.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Deliveries in a storm: a third of them twice, some with bad signatures, some no JSON, out of
/// order, while the factory is killed; and then all of it once more.
///
/// The short form runs with every test; `make storm` runs the full one, on both databases.
/// `-Dstorm.seed` repeats a run's order.
class StormTest {
  private static final int DELIVERIES = Integer.getInteger("storm.deliveries", 300);
  private static final int KILLS = Integer.getInteger("storm.kills", 1);
  private static final boolean FULL = Boolean.getBoolean("storm.full");
  private static final long SEED = Long.getLong("storm.seed", System.nanoTime());
  private static final int SENDERS = 8;
  private static final Duration PATIENCE = Duration.ofMinutes(20);
  private static final String SECRET = "a secret for the storm";
  private static final String SETTINGS =
      """
      line: {triage: 1, codegen: 1}
      webhooks: {acme: {kind: github, secret: "%s", repo: orders}}
      """
          .formatted(SECRET);

  @TempDir Path folder;

  /// What a sender of webhooks has to send, and what has to come of it.
  ///
  /// @param issue the number of the issue it is about; 0 where it is no good
  /// @param hour when the issue had this title
  record Post(String delivery, int issue, int hour, String body, String signature, int status) {}

  static List<TestDatabase> databases() {
    return FULL ? List.of(TestDatabase.values()) : List.of(TestDatabase.H2);
  }

  @ParameterizedTest
  @MethodSource("databases")
  void every_acknowledged_delivery_has_its_item_exactly_once_on(TestDatabase database)
      throws Exception {
    System.out.printf(
        "deliveries=%d kills=%d -Dstorm.seed=%d %s%n", DELIVERIES, KILLS, SEED, database);
    var home = Home.make(folder, database, Map.of(), SETTINGS);
    var posts = posts(new Random(SEED));
    var started = Instant.now();
    try (var storm = new Storm()) {
      storm.blow(posts);
      for (var kill = 0; kill < KILLS; kill++) {
        try (var server = ServerProcess.start(home)) {
          storm.speakWith(server.url());
          var enough = posts.size() * (kill + 1) / (KILLS + 1);
          await().atMost(PATIENCE).until(() -> storm.answered() >= enough);
          server.kill();
          storm.speakWith(null);
        }
      }
      try (var server = ServerProcess.start(home)) {
        storm.speakWith(server.url());
        storm.awaitCalm();
        storm.blow(posts);
        storm.awaitCalm();
        var client = new Client(server.url());
        await("the inbox is empty")
            .atMost(PATIENCE)
            .until(() -> client.get("/api/v1/deliveries?status=new").path("deliveries").isEmpty());
        System.out.printf(
            "answered=%s again=%d in %s%n",
            storm.statuses(), storm.repeated(), Duration.between(started, Instant.now()));
        everythingGoodHasItsItem(client, posts);
        server.stop();
      }
    }
  }

  private static void everythingGoodHasItsItem(Client client, List<Post> posts) {
    var newest =
        posts.stream()
            .filter(post -> post.issue() > 0)
            .collect(Collectors.toMap(Post::issue, Post::hour, Math::max));
    var wanted =
        newest.entrySet().stream()
            .collect(
                Collectors.toMap(
                    it -> "github:acme/orders#" + it.getKey(),
                    it -> title(it.getKey(), it.getValue())));
    // Lists follow the journal a moment later.
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(() -> assertThat(titles(client)).isEqualTo(wanted));
    var dead = client.get("/api/v1/deliveries?status=dead&limit=500").path("deliveries");
    assertThat(dead)
        .allSatisfy(it -> assertThat(it.path("reason").asText()).contains("not valid JSON"));
  }

  private static Map<String, String> titles(Client client) {
    return items(client).stream()
        .collect(
            Collectors.toMap(
                item -> item.path("signal_key").asText(), item -> item.path("title").asText()));
  }

  private static List<JsonNode> items(Client client) {
    var all = new ArrayList<JsonNode>();
    var cursor = "";
    do {
      var page =
          client.get("/api/v1/items?limit=500" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
      StreamSupport.stream(page.path("items").spliterator(), false).forEach(all::add);
      cursor = page.path("next_cursor").asText("");
    } while (!cursor.isEmpty() && !cursor.equals("null"));
    return all;
  }

  private static String title(int issue, int hour) {
    return "Issue " + issue + " as of " + hour;
  }

  /// Every issue opened, most of them edited later, a third of everything twice; a twentieth each
  /// with a signature that is wrong, and with a body that is no JSON. Shuffled.
  private static List<Post> posts(Random random) {
    var posts = new ArrayList<Post>();
    for (var n = 1; posts.size() * 4 / 3 < DELIVERIES; n++) {
      var kind = random.nextInt(20);
      if (kind == 0) {
        posts.add(post("bad-" + n, 0, 1, issue(1_000_000 + n, 1), "another secret", 401));
      } else if (kind == 1) {
        posts.add(post("torn-" + n, 0, 1, issue(2_000_000 + n, 1) + "}{", SECRET, 400));
      } else {
        for (var hour = 1; hour <= 1 + random.nextInt(3); hour++) {
          posts.add(post(n + "-" + hour, n, hour, issue(n, hour), SECRET, 202));
        }
      }
    }
    var twice = new ArrayList<>(posts);
    Collections.shuffle(twice, random);
    posts.addAll(twice.subList(0, posts.size() / 3));
    Collections.shuffle(posts, random);
    return List.copyOf(posts);
  }

  private static Post post(
      String delivery, int issue, int hour, String body, String secret, int status) {
    return new Post(delivery, issue, hour, body, "sha256=" + hex(secret, body), status);
  }

  private static String issue(int number, int hour) {
    return """
    {"action": "%s", "repository": {"full_name": "acme/orders", "default_branch": "main"},
     "sender": {"login": "octocat", "type": "User"},
     "issue": {"number": %d, "title": "%s", "body": "", "state": "open", "labels": [{"name": "agent"}],
       "user": {"login": "octocat"}, "author_association": "NONE", "updated_at": "2026-01-01T%02d:00:00Z"}}
    """
        .formatted(hour == 1 ? "opened" : "edited", number, title(number, hour), hour);
  }

  private static String hex(String secret, String body) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /// Sends everything until it is answered as it must be, whether or not somebody is there.
  private static final class Storm implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final Queue<Post> due = new ConcurrentLinkedQueue<>();
    private final Set<Future<?>> senders = ConcurrentHashMap.newKeySet();
    private final Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable URI> factory = new AtomicReference<>();
    private final AtomicInteger repeated = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    void speakWith(@Nullable URI now) {
      factory.set(now);
    }

    void blow(List<Post> posts) {
      due.addAll(posts);
      for (var n = 0; n < SENDERS; n++) {
        senders.add(threads.submit(this::send));
      }
    }

    int answered() {
      return statuses.values().stream().mapToInt(Integer::intValue).sum();
    }

    Map<Integer, Integer> statuses() {
      return Map.copyOf(statuses);
    }

    int repeated() {
      return repeated.get();
    }

    /// Waits until everything is answered; fails where something was answered wrongly.
    void awaitCalm() throws Exception {
      for (var sender : senders) {
        sender.get(PATIENCE.toMinutes(), TimeUnit.MINUTES);
      }
      senders.clear();
      assertThat(due).isEmpty();
    }

    private @Nullable Void send() {
      for (var post = due.poll(); post != null; post = due.poll()) {
        while (!isAnswered(post)) {
          repeated.incrementAndGet();
          LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
      }
      return null;
    }

    private boolean isAnswered(Post post) {
      var there = factory.get();
      if (there == null) {
        return false;
      }
      try {
        var request =
            HttpRequest.newBuilder(there.resolve("/hooks/github/acme"))
                .header("Content-Type", "application/json")
                .header("X-GitHub-Event", "issues")
                .header("X-GitHub-Delivery", post.delivery())
                .header("X-Hub-Signature-256", post.signature())
                .timeout(Duration.ofSeconds(30))
                .POST(BodyPublishers.ofString(post.body()))
                .build();
        var status = http.send(request, BodyHandlers.discarding()).statusCode();
        if (status == 503) {
          return false;
        }
        assertThat(status).as(post.delivery()).isEqualTo(post.status());
        statuses.merge(status, 1, Integer::sum);
        return true;
      } catch (IOException dying) {
        return false;
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void close() {
      threads.shutdownNow();
      http.close();
    }
  }
}

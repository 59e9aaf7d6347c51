package dev.millwright.app.running;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A board that posts signals and a person who decides, against a factory that dies under them.
///
/// Both say everything again until it is acknowledged, and remember what was.
final class Load implements AutoCloseable {
  private static final Duration PACE = Duration.ofMillis(200);
  private static final int REWORKED = 5;

  private final String agent;
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final Set<String> approved = ConcurrentHashMap.newKeySet();
  private final Set<String> reworked = ConcurrentHashMap.newKeySet();
  private final ExecutorService both = Executors.newVirtualThreadPerTaskExecutor();
  private volatile @Nullable Client factory;
  private volatile int due;
  private volatile boolean closed;

  Load(String agent) {
    this.agent = agent;
    both.execute(this::post);
    both.execute(this::decide);
  }

  /// The factory to speak with from now on; null while there is none.
  void speakWith(@Nullable Client now) {
    factory = now;
  }

  /// So many signals are due in all by now.
  void due(int signals) {
    due = signals;
  }

  /// The items whose signals were acknowledged.
  Set<String> acknowledged() {
    return Set.copyOf(acknowledged);
  }

  /// The items with an acknowledged approval.
  Set<String> approved() {
    return Set.copyOf(approved);
  }

  Set<String> reworked() {
    return Set.copyOf(reworked);
  }

  @Override
  public void close() {
    closed = true;
    both.close();
  }

  private void post() {
    var posted = 0;
    while (!closed) {
      if (posted < due && posted("job-" + (posted + 1))) {
        posted++;
      } else {
        LockSupport.parkNanos(PACE.toNanos());
      }
    }
  }

  private boolean posted(String key) {
    var answer = tell("/api/v1/signals", Client.signalBody(key, agent));
    if (answer != null && (answer.status() == 202 || answer.status() == 200)) {
      acknowledged.add(answer.body().path("item_id").asText());
      return true;
    }
    return false;
  }

  private void decide() {
    while (!closed) {
      for (var item : waiting()) {
        switch (item.path("waiting_on").asText()) {
          case "review" -> review(item.path("id").asText());
          case "answer" -> tell(path(item.path("id").asText(), "retry"), Map.of());
          default -> {
            // Nothing a person could do.
          }
        }
      }
      LockSupport.parkNanos(PACE.toNanos());
    }
  }

  /// Every fifth item has to be done once more.
  private void review(String item) {
    if (Math.floorMod(item.hashCode(), REWORKED) == 0 && !reworked.contains(item)) {
      if (accepted(path(item, "rework"), Map.of("comment", "once more"))) {
        reworked.add(item);
      }
    } else if (accepted(path(item, "approve"), Map.of())) {
      approved.add(item);
    }
  }

  private Iterable<JsonNode> waiting() {
    var now = factory;
    try {
      return now == null
          ? Set.of()
          : now.get("/api/v1/items?status=waiting&limit=500").path("items");
    } catch (AssertionError dying) {
      return Set.of();
    }
  }

  private boolean accepted(String path, Object body) {
    var answer = tell(path, body);
    return answer != null && answer.status() == 200;
  }

  private Client.@Nullable Answer tell(String path, Object body) {
    var now = factory;
    try {
      return now == null ? null : now.post(path, body);
    } catch (IOException dying) {
      return null;
    }
  }

  private static String path(String item, String verb) {
    return "/api/v1/items/" + item + "/" + verb;
  }
}

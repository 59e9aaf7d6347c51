package dev.millwright.app;

import dev.millwright.monitoring.port.Vitals;
import dev.millwright.shared.journal.Projection;
import dev.millwright.shared.line.LineControl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Feels every second whether the factory can do its work: the cluster has taken this node in, the
/// dispatcher answers and has somebody at each stage, the database answers, the lists keep up.
///
/// Whoever asks is answered from memory. A part that does not answer in time is not asked again
/// before it has, so that nothing piles up behind a database that hangs.
final class Pulse implements Vitals, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration WHILE_STARTING = Duration.ofMillis(50);
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(3);
  private static final Duration STUCK = Duration.ofSeconds(30);
  private static final double MILLIS = 1_000;

  private final Parts parts;
  private final Thread thread = Thread.ofVirtual().name("pulse").unstarted(this::feel);
  private final CompletableFuture<Void> readyOnce = new CompletableFuture<>();
  private @Nullable CompletableFuture<LineControl.Overview> line;
  private @Nullable CompletableFuture<Projection.Lag> reading;
  private @Nullable CompletableFuture<List<String>> asking;
  private volatile List<String> boardProblems = List.of();
  private volatile List<String> missing = List.of("it is starting");
  private volatile Projection.Lag lag = Projection.Lag.NONE;
  private volatile boolean stopping;

  /// What is felt.
  record Parts(
      ActorSystem<?> system,
      LineControl line,
      Callable<Projection.Lag> lag,
      String sandbox,
      Supplier<List<String>> settingsProblems,
      Callable<CompletionStage<List<String>>> boards) {}

  private Pulse(Parts parts) {
    this.parts = parts;
  }

  static Pulse start(Parts parts) {
    var pulse = new Pulse(parts);
    pulse.thread.start();
    return pulse;
  }

  /// Returns when everything answered once, or when the time is over.
  boolean awaitReady(Duration atMost) {
    try {
      readyOnce.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public List<String> notReady() {
    return stopping ? List.of("it is stopping") : missing;
  }

  @Override
  public long projectionLagEvents() {
    return lag.events();
  }

  @Override
  public double projectionLagSeconds() {
    return lag.age().toMillis() / MILLIS;
  }

  @Override
  public String sandbox() {
    return parts.sandbox();
  }

  @Override
  public List<String> settingsProblems() {
    return parts.settingsProblems().get();
  }

  @Override
  public List<String> boardProblems() {
    return boardProblems;
  }

  /// From here on the factory says that it is stopping.
  @Override
  public void close() {
    stopping = true;
    thread.interrupt();
  }

  private void feel() {
    try {
      while (!stopping) {
        var found = found();
        if (!found.equals(missing) && readyOnce.isDone()) {
          LOG.info("event=ReadinessChanged missing=\"{}\"", String.join("; ", found));
        }
        missing = List.copyOf(found);
        if (found.isEmpty()) {
          readyOnce.complete(null);
        }
        Thread.sleep(readyOnce.isDone() ? EVERY : WHILE_STARTING);
      }
    } catch (InterruptedException e) {
      // it is stopping
    }
  }

  private List<String> found() throws InterruptedException {
    try {
      return look();
    } catch (RuntimeException e) {
      LOG.warn("event=NoPulse cause=\"{}\"", e.toString());
      return List.of("it cannot be felt: " + e);
    }
  }

  private List<String> look() throws InterruptedException {
    var found = new ArrayList<String>();
    if (!Cluster.get(parts.system()).selfMember().status().equals(MemberStatus.up())) {
      found.add("the cluster has not taken this node in");
    }
    line = again(line, parts.line()::overview);
    var overview = answer(line);
    if (overview == null) {
      found.add("the dispatcher does not answer");
    } else {
      overview.stages().stream()
          .filter(stage -> stage.capacity() == 0)
          .forEach(stage -> found.add("nobody runs " + stage.stage().wire()));
    }
    asking = again(asking, parts.boards());
    var wrong = asking.isDone() ? answer(asking) : null;
    boardProblems = wrong == null ? boardProblems : List.copyOf(wrong);
    reading = again(reading, () -> blocking(parts.lag()));
    var behind = answer(reading);
    if (behind == null) {
      found.add("the database does not answer");
    } else {
      lag = behind;
      if (behind.age().compareTo(STUCK) > 0) {
        found.add("the lists are %d s behind the journal".formatted(behind.age().toSeconds()));
      }
    }
    return found;
  }

  private static <T> CompletableFuture<T> again(
      @Nullable CompletableFuture<T> asked, Callable<CompletionStage<T>> ask) {
    if (asked != null && !asked.isDone()) {
      return asked;
    }
    try {
      return ask.call().toCompletableFuture();
    } catch (Exception e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static <T> CompletionStage<T> blocking(Callable<T> work) {
    var answer = new CompletableFuture<T>();
    Thread.ofVirtual()
        .name("pulse-database")
        .start(() -> {
          try {
            answer.complete(work.call());
          } catch (Exception e) {
            answer.completeExceptionally(new CompletionException(e));
          }
        });
    return answer;
  }

  private static <T> @Nullable T answer(CompletableFuture<T> asked) throws InterruptedException {
    try {
      return asked.get(ANSWERS_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.debug("event=NoPulse", e);
      return null;
    }
  }
}

package dev.millwright.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import dev.millwright.shared.journal.Projection.Lag;
import dev.millwright.shared.line.LineControl;
import dev.millwright.shared.workitem.Stage;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PulseTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final ActorSystem<Void> system =
      ActorSystem.create(
          Behaviors.empty(),
          "pulse",
          ConfigFactory.parseResources("millwright-actors.conf")
              .withFallback(ConfigFactory.defaultReference())
              .resolve());
  private volatile int capacity = 1;
  private volatile Callable<Lag> lag = () -> Lag.NONE;

  @AfterEach
  void stop() {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }

  @Test
  void it_is_ready_when_everything_answers_and_says_what_does_not() {
    var pulse = start();
    try {
      assertThat(pulse.awaitReady(Duration.ofMillis(300))).isFalse();
      says(pulse, "the cluster has not taken this node in");

      var cluster = Cluster.get(system);
      cluster.manager().tell(Join.create(cluster.selfMember().address()));
      assertThat(pulse.awaitReady(SOON)).isTrue();
      assertThat(pulse.notReady()).isEmpty();

      capacity = 0;
      says(pulse, "nobody runs codegen");
      capacity = 1;
      await().atMost(SOON).until(() -> pulse.notReady().isEmpty());

      lag =
          () -> {
            throw new java.sql.SQLException("gone");
          };
      says(pulse, "the database does not answer");

      lag = () -> new Lag(7, Duration.ofSeconds(61));
      says(pulse, "the lists are 61 s behind the journal");
      assertThat(pulse.projectionLagEvents()).isEqualTo(7);
      assertThat(pulse.projectionLagSeconds()).isEqualTo(61);
    } finally {
      pulse.close();
    }
    assertThat(pulse.notReady()).containsExactly("it is stopping");
  }

  @Test
  void a_database_that_hangs_is_asked_once() {
    var asked = new AtomicInteger();
    var release = new CountDownLatch(1);
    lag =
        () -> {
          asked.incrementAndGet();
          release.await();
          return Lag.NONE;
        };
    try (var pulse = start()) {
      says(pulse, "the database does not answer");
      assertThat(pulse.notReady()).isNotEmpty();
      assertThat(asked).hasValue(1);
    } finally {
      release.countDown();
    }
  }

  private Pulse start() {
    return Pulse.start(
        new Pulse.Parts(
            system,
            new ScriptedLine(),
            () -> lag.call(),
            "none",
            List::of,
            () -> CompletableFuture.completedFuture(List.of())));
  }

  private static void says(Pulse pulse, String what) {
    await().atMost(SOON).until(() -> pulse.notReady().contains(what));
  }

  /// A dispatcher that answers at once.
  private final class ScriptedLine implements LineControl {
    @Override
    public CompletionStage<Overview> overview() {
      return CompletableFuture.completedFuture(
          new Overview(
              Arrays.stream(Stage.values())
                  .map(stage -> new StageLoad(stage, capacity, 0, 0, false))
                  .toList(),
              List.of()));
    }

    @Override
    public CompletionStage<Overview> pause(@Nullable Stage stage, @Nullable String repo) {
      return overview();
    }

    @Override
    public CompletionStage<Overview> resume(@Nullable Stage stage, @Nullable String repo) {
      return overview();
    }
  }
}

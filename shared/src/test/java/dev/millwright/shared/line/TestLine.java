package dev.millwright.shared.line;

import dev.millwright.shared.journal.Database;
import dev.millwright.shared.journal.FileArtifacts;
import dev.millwright.shared.journal.JournalViews;
import dev.millwright.shared.journal.Projection;
import dev.millwright.shared.journal.Transcripts;
import dev.millwright.shared.settings.LineSettings;
import dev.millwright.shared.settings.StorageSettings;
import dev.millwright.shared.signal.Author;
import dev.millwright.shared.signal.Request;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.shared.workitem.Limits;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.StageResult;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;

/// A whole line over a real database, with the stages' code given by the test.
final class TestLine implements AutoCloseable {
  static final Limits QUICK = new Limits(2, 3, 3, Duration.ofMillis(10), Duration.ofMillis(100));

  final Database database;
  final Projection projection;
  final ActorSystem<?> system;
  final Line line;
  final JournalViews views;

  private TestLine(Database database, Projection projection, ActorSystem<?> system, Line line) {
    this.database = database;
    this.projection = projection;
    this.system = system;
    this.line = line;
    this.views = new JournalViews(database);
  }

  /// What every stage does in a test.
  @FunctionalInterface
  interface Work {
    StageResult run(Stage stage, Assignment assignment) throws InterruptedException;
  }

  static TestLine start(StorageSettings storage, Work work) throws Exception {
    var database = Database.open(storage);
    var clock = Clock.systemUTC();
    var projection = Projection.start(database, clock);
    var started = new CompletableFuture<Line>();
    var ground =
        new Line.Ground(
            database,
            projection,
            new Attempt.Keeping(
                new FileArtifacts(storage.data().resolve("artifacts")),
                new Transcripts(storage.data().resolve("logs"))),
            new Attempt.Timing(clock, () -> Duration.ofMinutes(1), Duration.ofMillis(100)),
            () -> LineSettings.DEFAULT,
            () -> QUICK);
    var guardian =
        Behaviors.<Void>setup(context -> {
          var cluster = Cluster.get(context.getSystem());
          cluster.manager().tell(Join.create(cluster.selfMember().address()));
          started.complete(Line.start(context, ground, stages(work)));
          return Behaviors.empty();
        });
    var system = ActorSystem.create(guardian, "millwright", ActorsConfig.of(database, storage));
    return new TestLine(database, projection, system, started.get());
  }

  static Signal signal(String key) {
    return signal(key, "Do " + key);
  }

  static Signal signal(String key, String title) {
    return new Signal(
        new SignalKey(key),
        "test",
        new Author("tester", Author.Trust.OPERATOR),
        new Request(title, "", null, List.of("a"), 0, "orders", null),
        Map.of(),
        null);
  }

  private static List<StageCode> stages(Work work) {
    return Arrays.stream(Stage.values())
        .<StageCode>map(stage ->
            new StageCode() {
              @Override
              public Stage stage() {
                return stage;
              }

              @Override
              public StageResult run(Assignment assignment) throws InterruptedException {
                return work.run(stage, assignment);
              }
            })
        .toList();
  }

  @Override
  public void close() {
    line.revival().close();
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
    projection.close();
    database.close();
  }
}

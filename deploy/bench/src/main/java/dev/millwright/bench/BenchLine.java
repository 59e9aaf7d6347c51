package dev.millwright.bench;

import com.typesafe.config.ConfigFactory;
import dev.millwright.shared.journal.Database;
import dev.millwright.shared.journal.FileArtifacts;
import dev.millwright.shared.journal.Projection;
import dev.millwright.shared.journal.Transcripts;
import dev.millwright.shared.line.ActorsConfig;
import dev.millwright.shared.line.Attempt;
import dev.millwright.shared.line.Line;
import dev.millwright.shared.line.StageCode;
import dev.millwright.shared.settings.LineSettings;
import dev.millwright.shared.settings.StorageSettings;
import dev.millwright.shared.workitem.Items;
import dev.millwright.shared.workitem.Limits;
import dev.millwright.shared.workitem.Stage;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;

/// The real line in this process, without HTTP; only the stages' code is the measurement's own.
final class BenchLine implements AutoCloseable {
  private final Database database;
  private final Projection projection;
  private final ActorSystem<?> system;
  private final Line line;

  private BenchLine(Database database, Projection projection, ActorSystem<?> system, Line line) {
    this.database = database;
    this.projection = projection;
    this.system = system;
    this.line = line;
  }

  /// @param slots attempts each stage runs at once
  /// @param more configuration of the actors that differs from the product's
  static BenchLine start(StorageSettings storage, int slots, List<StageCode> stages, String more)
      throws Exception {
    var database = Database.open(storage);
    var clock = Clock.systemUTC();
    var projection = Projection.start(database, clock);
    var started = new CompletableFuture<Line>();
    var keeping =
        new Attempt.Keeping(
            new FileArtifacts(storage.data().resolve("artifacts")),
            new Transcripts(storage.data().resolve("logs")));
    var timing = new Attempt.Timing(clock, () -> Duration.ofHours(1), Duration.ofSeconds(1));
    var ground =
        new Line.Ground(
            database, projection, keeping, timing, () -> slots(slots), () -> Limits.DEFAULT);
    var guardian =
        Behaviors.<Void>setup(context -> {
          var cluster = Cluster.get(context.getSystem());
          cluster.manager().tell(Join.create(cluster.selfMember().address()));
          started.complete(Line.start(context, ground, stages));
          return Behaviors.empty();
        });
    var config = ConfigFactory.parseString(more).withFallback(ActorsConfig.of(database, storage));
    var system = ActorSystem.create(guardian, "millwright", config);
    return new BenchLine(database, projection, system, started.get());
  }

  static LineSettings slots(int each) {
    return new LineSettings(
        Arrays.stream(Stage.values()).collect(Collectors.toMap(Function.identity(), _ -> each)),
        LineSettings.DEFAULT.signals());
  }

  Items items() {
    return line.items();
  }

  Database database() {
    return database;
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

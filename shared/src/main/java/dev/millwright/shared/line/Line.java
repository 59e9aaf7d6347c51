package dev.millwright.shared.line;

import dev.millwright.shared.journal.Database;
import dev.millwright.shared.journal.JournalViews;
import dev.millwright.shared.journal.PauseTable;
import dev.millwright.shared.journal.Projection;
import dev.millwright.shared.settings.LineSettings;
import dev.millwright.shared.workitem.Limits;
import dev.millwright.shared.workitem.WorkItemEntity;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.SingletonActor;

/// The running line on one node: its items, its dispatcher, a stage actor per stage.
public record Line(WorkItems items, LineDesk desk, Revival revival) {
  /// What the line stands on.
  ///
  /// @param capacity asked anew now and then, so that a reload counts for the next slots
  /// @param limits asked anew for each command
  public record Ground(
      Database database,
      Projection projection,
      Attempt.Keeping keeping,
      Attempt.Timing timing,
      Supplier<LineSettings> capacity,
      Supplier<Limits> limits) {}

  /// Starts everything as children of the calling guardian.
  public static Line start(ActorContext<?> context, Ground ground, List<StageCode> stages) {
    var system = context.getSystem();
    var clock = ground.timing().clock();
    var cluster = Cluster.get(system);
    var local = LocalAttempts.of(LineBystanders.holder(cluster));
    var items =
        new WorkItems(
            ClusterSharding.get(system),
            clock,
            ground.capacity().get().signals(),
            ground.projection()::isCutOff);
    var pauses = new PauseTable(ground.database());
    var blocking = Executors.newVirtualThreadPerTaskExecutor();
    var dispatcher =
        ClusterSingleton.get(system)
            .init(
                SingletonActor.of(
                    restarting(
                        Dispatcher.create(
                            clock,
                            () ->
                                CompletableFuture.supplyAsync(
                                    () -> LineDesk.stored(pauses), blocking))),
                    "dispatcher"));
    var bystanders =
        new LineBystanders(dispatcher, items, local, cluster, ground.projection()::nudge);
    var item = WorkItemEntity.of(ground.limits(), bystanders, clock);
    ClusterSharding.get(system)
        .init(Entity.of(WorkItemEntity.TYPE, entity -> item.apply(entity.getEntityId())));
    for (var code : stages) {
      var setup =
          new Attempt.Setup(code, items, local, ground.keeping(), ground.timing(), items::raise);
      var stage = code.stage();
      var actor = StageActor.create(setup, () -> ground.capacity().get().of(stage), dispatcher);
      context.spawn(restarting(actor), stage.wire());
    }
    var views = new JournalViews(ground.database());
    return new Line(
        items,
        new LineDesk(system, dispatcher, pauses, blocking),
        Revival.start(system, dispatcher, items, views, clock));
  }

  private static <T> Behavior<T> restarting(Behavior<T> actor) {
    return Behaviors.supervise(actor)
        .onFailure(
            SupervisorStrategy.restartWithBackoff(
                java.time.Duration.ofMillis(200), java.time.Duration.ofSeconds(10), 0.2));
  }
}

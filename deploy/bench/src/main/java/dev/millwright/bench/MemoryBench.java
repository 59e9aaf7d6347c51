package dev.millwright.bench;

import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Items;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.StageResult;
import dev.millwright.shared.workitem.WaitingOn;
import dev.millwright.shared.workitem.WorkItemState.Waiting;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.concurrent.Semaphore;

/// Heap that a waiting item takes: while its entity is active, and after it was passivated.
///
/// Caches with a fixed size are filled before the first look, so that they count for nobody.
final class MemoryBench implements Measurement {
  private static final int CACHES = 6_000;
  private static final long PASSIVATED_AFTER_MILLIS = 15_000;
  private static final StageResult WAIT =
      StageResult.of(new Outcome.Wait(WaitingOn.ANSWER, "which basket is meant?", null));

  @Override
  public void run(Scene scene) throws Exception {
    var count = scene.brief() ? 5_000 : 20_000;
    var storage = scene.stores().fresh(scene.store());
    var span = Machine.span(scene.stores());
    var figures = new LinkedHashMap<String, Double>();
    var stages = NoWork.stages((_, _) -> WAIT);
    try (var line = BenchLine.start(storage, 256, stages, idle("1h"))) {
      receive(line, "cache-", CACHES);
      var before = heap();
      receive(line, "item-", count);
      figures.put("bytes an active item", (double) (heap() - before) / count);
    }
    try (var line = BenchLine.start(storage, 256, stages, idle("2s"))) {
      look(line.items(), "cache-", 1_000);
      var before = heap();
      look(line.items(), "item-", count);
      Thread.sleep(PASSIVATED_AFTER_MILLIS);
      figures.put("bytes a passivated item", (double) (heap() - before) / count);
    }
    figures.put("items", (double) count);
    scene
        .report()
        .add(
            new Report.Row(
                "memory", scene.store().toString(), "waiting items", figures, span.foreignCores()));
  }

  private static String idle(String time) {
    return "pekko.cluster.sharding.passivation.default-idle-strategy.idle-entity.timeout = " + time;
  }

  /// Returns when all of them wait and the views have it.
  private static void receive(BenchLine line, String prefix, int count) throws Exception {
    var sending = new Semaphore(200);
    for (var sent = 0; sent < count; sent++) {
      sending.acquire();
      line.items().receive(NoWork.signal(prefix + sent)).whenComplete((_, _) -> sending.release());
    }
    sending.acquire(200);
    for (var sent = 0; sent < count; sent++) {
      var id = new ItemId(prefix + sent);
      while (!(line.items().get(id).toCompletableFuture().get().orElseThrow() instanceof Waiting)) {
        Thread.sleep(5);
      }
    }
    while (new Journal(line.database()).unread() > 0) {
      Thread.sleep(20);
    }
  }

  private static void look(Items items, String prefix, int count) throws Exception {
    var looking = new Semaphore(64);
    for (var at = 0; at < count; at++) {
      looking.acquire();
      items.get(new ItemId(prefix + at)).whenComplete((_, _) -> looking.release());
    }
    looking.acquire(64);
  }

  /// Cancelled timers stay in their wheel for a turn of five seconds, and what is idle is
  /// passivated in less.
  private static long heap() throws InterruptedException {
    Thread.sleep(7_000);
    for (var times = 0; times < 3; times++) {
      System.gc();
      Thread.sleep(200);
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}

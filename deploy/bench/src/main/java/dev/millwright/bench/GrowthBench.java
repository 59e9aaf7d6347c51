package dev.millwright.bench;

import dev.millwright.shared.journal.Database;
import dev.millwright.shared.journal.ItemLists;
import dev.millwright.shared.journal.JournalFigures;
import dev.millwright.shared.journal.JournalViews;
import dev.millwright.shared.settings.StorageSettings;
import dev.millwright.shared.workitem.Stage;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The same line and the same way in with ever more items in the store.
final class GrowthBench implements Measurement {
  private static final int IN_FLIGHT = 256;

  @Override
  public void run(Scene scene) throws Exception {
    var storage = scene.stores().fresh(scene.store());
    var travel = new Travel();
    var there = 0;
    for (var size : scene.brief() ? List.of(2_000, 6_000) : List.of(10_000, 30_000, 100_000)) {
      var figures = new LinkedHashMap<String, Double>();
      var begin = System.nanoTime();
      var span = Machine.span(scene.stores());
      try (var line = BenchLine.start(storage, 1_024, NoWork.stages(travel), "")) {
        figures.put("s to start", (System.nanoTime() - begin) / 1e9);
        while (there < size) {
          var more = Math.min(5_000, size - there);
          travel.send(line.items(), more, IN_FLIGHT);
          there += more;
        }
        // What the ingest before has left queued is worked on too.
        while (!new JournalViews(line.database()).unfinished("", 1).isEmpty()) {
          Thread.sleep(100);
        }
        var count = scene.brief() ? 1_000 : 4_000;
        span = Machine.span(scene.stores());
        var arrived = travel.send(line.items(), count, IN_FLIGHT);
        there += count;
        figures.put("items/s", arrived.itemsPerSecond());
        figures.put("CPU ms an item", 1000 * span.ownSeconds() / count);
        figures.put("ms a page of the list", millis(() -> list(line.database())));
        figures.put(
            "ms all figures",
            millis(() -> new JournalFigures(line.database()).read(Instant.now())));
      }
      add(scene, size, figures, span);
      there += ingest(scene, storage, size);
    }
  }

  private static int ingest(Scene scene, StorageSettings storage, int size) throws Exception {
    try (var server = ServerProcess.start(new BenchServer.Order(storage, 8, Stage.TRIAGE, 8))) {
      var seconds = scene.brief() ? 3 : 8;
      var warmUp = new Crowd(server.url(), "warm" + size + "-").closed(64, seconds);
      var span = Machine.span(scene.stores());
      var outcome = new Crowd(server.url(), "grow" + size + "-").closed(64, seconds);
      var figures = new LinkedHashMap<String, Double>();
      figures.put("signals/s", outcome.accepted() / outcome.seconds());
      figures.put("CPU ms a signal", 1000 * span.ownSeconds() / outcome.accepted());
      figures.put("ms p99", outcome.millis(0.99));
      add(scene, size, figures, span);
      return (int) (warmUp.accepted() + outcome.accepted());
    }
  }

  /// The median of some looks at the views.
  private static double millis(Runnable look) {
    var times = new double[9];
    for (var time = 0; time < times.length; time++) {
      var begin = System.nanoTime();
      look.run();
      times[time] = (System.nanoTime() - begin) / 1e6;
    }
    Arrays.sort(times);
    return times[times.length / 2];
  }

  private static void list(Database database) {
    var query = new ItemLists.Query(null, "finished", null, null, null, 50, null);
    if (new JournalViews(database).list(query).rows().isEmpty()) {
      throw new IllegalStateException("nothing is finished");
    }
  }

  private static void add(Scene scene, int size, Map<String, Double> figures, Machine.Span span) {
    var what = "with " + size + " items";
    var database = scene.store().toString();
    scene.report().add(new Report.Row("growth", database, what, figures, span.foreignCores()));
  }
}

package dev.millwright.bench;

import java.util.LinkedHashMap;
import java.util.List;

/// Items a second through all six stages when the stages do nothing, with the views following.
final class LineBench implements Measurement {
  private static final int WARM_UP = 10_000;

  @Override
  public void run(Scene scene) throws Exception {
    var count = scene.brief() ? 2_500 : 5_000;
    var runs = scene.brief() ? 1 : 3;
    var storage = scene.stores().fresh(scene.store());
    var travel = new Travel();
    try (var line = BenchLine.start(storage, 1_024, NoWork.stages(travel), "")) {
      travel.send(line.items(), WARM_UP, 256);
      for (var run = 0; run < runs; run++) {
        for (var inFlight : scene.brief() ? List.of(64, 256) : List.of(64, 256, 1_024)) {
          measure(scene, line, travel, count, inFlight);
        }
      }
      scene.report().add(RawBound.measure(scene, line.database(), "line", Journal.EVENTS_PER_ITEM));
    }
  }

  private static void measure(Scene scene, BenchLine line, Travel travel, int count, int inFlight)
      throws Exception {
    var journal = new Journal(line.database());
    var span = Machine.span(scene.stores());
    var arrived = travel.send(line.items(), count, inFlight);
    var figures = new LinkedHashMap<String, Double>();
    figures.put("items/s", arrived.itemsPerSecond());
    figures.put("events/s", arrived.itemsPerSecond() * Journal.EVENTS_PER_ITEM);
    figures.put("ms p50", arrived.p50Millis());
    figures.put("ms p99", arrived.p99Millis());
    figures.put("CPU ms an item", 1000 * span.ownSeconds() / count);
    figures.put("of it in the database", 1000 * span.databaseSeconds() / count);
    var foreign = span.foreignCores();
    figures.put("events behind", (double) journal.unread());
    var behind = System.nanoTime();
    while (journal.unread() > 0) {
      Thread.sleep(5);
    }
    figures.put("ms to catch up", (System.nanoTime() - behind) / 1e6);
    var what = inFlight + " in flight";
    scene.report().add(new Report.Row("line", scene.store().toString(), what, figures, foreign));
  }
}

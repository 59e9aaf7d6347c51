package dev.millwright.bench;

import dev.millwright.shared.workitem.Stage;
import java.util.LinkedHashMap;

/// From `kill -9` of a factory with many running items to all of them running again in the next
/// one.
final class RecoveryBench implements Measurement {
  @Override
  public void run(Scene scene) throws Exception {
    var items = scene.brief() ? 2_000 : 10_000;
    var storage = scene.stores().fresh(scene.store());
    var order = new BenchServer.Order(storage, items, Stage.CODEGEN, items);
    var first = ServerProcess.start(order);
    new Crowd(first.url(), "unfinished-").send(32, items);
    first.awaitRunning();
    Report.progress("  " + items + " items run; kill -9");
    var span = Machine.span(scene.stores());
    first.kill();
    try (var second = ServerProcess.start(order)) {
      var figures = new LinkedHashMap<String, Double>();
      figures.put("s to a ready server", span.seconds());
      second.awaitRunning();
      figures.put("s until all run again", span.seconds());
      figures.put("items", (double) items);
      scene
          .report()
          .add(
              new Report.Row(
                  "recovery",
                  scene.store().toString(),
                  "after kill -9",
                  figures,
                  span.foreignCores()));
    }
  }
}

package dev.millwright.bench;

import dev.millwright.shared.journal.Database;
import dev.millwright.shared.settings.StorageSettings;
import dev.millwright.shared.workitem.Stage;
import java.util.LinkedHashMap;
import java.util.Map;

/// Signals over HTTP: at a fixed rate, as fast as they are taken, and five times as fast as that.
///
/// All slots of the line are taken, so that what is measured is the way in. At the end the server
/// is killed, and what it had acknowledged is looked for in the journal.
final class IngestBench implements Measurement {
  private static final int SLOTS = 8;
  private static final int CONNECTIONS = 64;
  private static final int CROWD = 800;
  private static final double RATE = 500;
  private static final double WARM_UP_SECONDS = 20;

  @Override
  public void run(Scene scene) throws Exception {
    var storage = scene.stores().fresh(scene.store());
    var seconds = scene.brief() ? 6.0 : 20.0;
    try (var server =
        ServerProcess.start(new BenchServer.Order(storage, SLOTS, Stage.TRIAGE, SLOTS))) {
      new Crowd(server.url(), "warm-").closed(CONNECTIONS, WARM_UP_SECONDS);
      steady(scene, new Crowd(server.url(), "steady-"), seconds);
      var saturated = saturated(scene, new Crowd(server.url(), "full-"), seconds / 2);
      overload(scene, server, storage, saturated, seconds / 2);
    }
  }

  private static void steady(Scene scene, Crowd crowd, double seconds) throws Exception {
    var span = Machine.span(scene.stores());
    var outcome = crowd.open(CONNECTIONS, RATE, seconds);
    var figures = new LinkedHashMap<String, Double>();
    figures.put("accepted/s", outcome.accepted() / outcome.seconds());
    figures.put("ms p50", outcome.millis(0.5));
    figures.put("ms p99", outcome.millis(0.99));
    figures.put("ms max", outcome.millis(1));
    figures.put("answered otherwise", (double) outcome.wrong());
    add(scene, "500/s offered", figures, span);
  }

  static double saturated(Scene scene, Crowd crowd, double seconds) throws Exception {
    var span = Machine.span(scene.stores());
    var outcome = crowd.closed(CONNECTIONS, seconds);
    var perSecond = outcome.accepted() / outcome.seconds();
    var figures = new LinkedHashMap<String, Double>();
    figures.put("accepted/s", perSecond);
    figures.put("ms p50", outcome.millis(0.5));
    figures.put("ms p99", outcome.millis(0.99));
    figures.put("CPU ms a signal", 1000 * span.ownSeconds() / outcome.accepted());
    figures.put("answered otherwise", (double) outcome.wrong());
    add(scene, CONNECTIONS + " clients, no pause", figures, span);
    return perSecond;
  }

  private static void overload(
      Scene scene, ServerProcess server, StorageSettings storage, double saturated, double seconds)
      throws Exception {
    var span = Machine.span(scene.stores());
    var outcome = new Crowd(server.url(), "over-").open(CROWD, 5 * saturated, seconds);
    server.kill();
    var figures = new LinkedHashMap<String, Double>();
    figures.put("offered/s", 5 * saturated);
    figures.put("accepted/s", outcome.accepted() / outcome.seconds());
    figures.put("ms p99", outcome.millis(0.99));
    figures.put("refused with Retry-After", outcome.statuses().getOrDefault(503, 0L).doubleValue());
    figures.put("answered otherwise", (double) outcome.wrong());
    figures.put("not sent for want of a connection", (double) outcome.unsent());
    try (var database = Database.open(storage)) {
      var found = new Journal(database).items("over-");
      figures.put("acknowledged", (double) outcome.accepted());
      figures.put("acknowledged and lost", (double) Math.max(0, outcome.accepted() - found));
      add(scene, "5x overload, then kill -9", figures, span);
      scene.report().add(RawBound.measure(scene, database, "ingest", 1));
    }
  }

  private static void add(
      Scene scene, String what, Map<String, Double> figures, Machine.Span span) {
    var database = scene.store().toString();
    scene.report().add(new Report.Row("ingest", database, what, figures, span.foreignCores()));
  }
}

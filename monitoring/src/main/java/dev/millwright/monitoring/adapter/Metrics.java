package dev.millwright.monitoring.adapter;

import dev.millwright.monitoring.adapter.Exposition.Buckets;
import dev.millwright.monitoring.adapter.Exposition.Measure;
import dev.millwright.monitoring.port.Vitals;
import dev.millwright.shared.http.Traffic;
import dev.millwright.shared.journal.Durations;
import dev.millwright.shared.journal.Figures;
import dev.millwright.shared.line.LineControl;
import dev.millwright.shared.line.LineControl.StageLoad;
import dev.millwright.shared.workitem.Stage;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/// Everything an operator can graph and alert on, as Prometheus reads it.
///
/// What the journal knows is counted since the factory began and survives restarts; what only the
/// process knows, HTTP and the JVM, since the process began.
record Metrics(Vitals vitals, Traffic traffic, String version) {
  private static final String SIGNALS = "/api/v1/signals";
  private static final double MILLIS = 1_000;

  /// Powers of two, in milliseconds: 16 ms to 12 days, four times longer each.
  private static final int FIRST_BOUND = 4;

  private static final int LAST_BOUND = 30;
  private static final int BOUND_STEP = 2;

  String text(LineControl.Overview line, Figures.Snapshot figures) {
    var out = new Exposition();
    out.family("millwright_info", Measure.GAUGE, "The version that runs.")
        .add(1, "version", version, "sandbox", vitals.sandbox());
    out.family("millwright_ready", Measure.GAUGE, "Whether the factory takes work.")
        .add(vitals.notReady().isEmpty() ? 1 : 0);
    items(out, figures);
    stages(out, line);
    times(out, figures);
    http(out);
    JvmMetrics.write(out);
    return out.toString();
  }

  private static void items(Exposition out, Figures.Snapshot figures) {
    var items = out.family("millwright_items", Measure.GAUGE, "Items by where they stand.");
    for (var stage : Stage.values()) {
      var standing = figures.of(stage).standing();
      items.add(standing.queued(), "stage", stage.wire(), "status", "queued");
      items.add(standing.running(), "stage", stage.wire(), "status", "running");
      items.add(standing.waiting(), "stage", stage.wire(), "status", "waiting");
      items.add(standing.finished(), "stage", stage.wire(), "status", "finished");
    }
    each(
        out.family("millwright_finished_total", Measure.COUNTER, "Journeys that ended, by result."),
        "result",
        figures.totals().results());
    var attempts =
        out.family(
            "millwright_attempts_total", Measure.COUNTER, "Attempts that ended, by outcome.");
    for (var stage : Stage.values()) {
      figures
          .of(stage)
          .outcomes()
          .forEach(
              (outcome, count) -> attempts.add(count, "stage", stage.wire(), "outcome", outcome));
    }
    each(
        out.family("millwright_decisions_total", Measure.COUNTER, "What people decided."),
        "verb",
        figures.totals().decisions());
  }

  private static void each(Exposition.Family family, String label, Map<String, Long> counts) {
    counts.forEach((name, count) -> family.add(count, label, name));
  }

  private static void stages(Exposition out, LineControl.Overview line) {
    load(out, line, "capacity", "Attempts it may run at once.", StageLoad::capacity);
    load(out, line, "running", "Attempts it runs.", StageLoad::running);
    load(out, line, "queued", "Items that wait for a slot of it.", StageLoad::queued);
    load(out, line, "paused", "Whether it takes nothing new.", it -> it.paused() ? 1 : 0);
  }

  private static void load(
      Exposition out,
      LineControl.Overview line,
      String name,
      String help,
      ToDoubleFunction<StageLoad> value) {
    var family = out.family("millwright_stage_" + name, Measure.GAUGE, help);
    line.stages().forEach(it -> family.add(value.applyAsDouble(it), "stage", it.stage().wire()));
  }

  private void times(Exposition out, Figures.Snapshot figures) {
    var stages =
        out.family(
            "millwright_stage_duration_seconds",
            Measure.HISTOGRAM,
            "From coming to a stage to leaving it, waiting included.");
    for (var stage : Stage.values()) {
      stages.add(buckets(figures.of(stage).ever()), "stage", stage.wire());
    }
    out.family(
            "millwright_lead_time_seconds",
            Measure.HISTOGRAM,
            "From the signal that opened an item to done.")
        .add(buckets(figures.totals().ever()));
    out.family("millwright_projection_lag_events", Measure.GAUGE, "Events the lists have not read.")
        .add(vitals.projectionLagEvents());
    out.family("millwright_projection_lag_seconds", Measure.GAUGE, "Age of the oldest of them.")
        .add(vitals.projectionLagSeconds());
  }

  private static Buckets buckets(Durations durations) {
    var within = new TreeMap<Double, Long>();
    for (var bound = FIRST_BOUND; bound <= LAST_BOUND; bound += BOUND_STEP) {
      within.put((1L << bound) / MILLIS, durations.within(bound));
    }
    return new Buckets(within, durations.millis() / MILLIS, durations.count());
  }

  private void http(Exposition out) {
    var counts = traffic.counts();
    out.family(
            "millwright_signals_total", Measure.COUNTER, "Signals sent over HTTP, by their fate.")
        .add(signals(counts, status -> status == 202), "fate", "accepted")
        .add(signals(counts, status -> status == 200), "fate", "duplicate")
        .add(signals(counts, status -> status / 100 == 4), "fate", "refused")
        .add(signals(counts, status -> status / 100 == 5), "fate", "no_room");
    var requests =
        out.family(
            "millwright_http_requests_total", Measure.COUNTER, "Requests that were answered.");
    counts.forEach((kind, count) ->
        requests.add(
            count,
            "method",
            kind.method(),
            "path",
            kind.path(),
            "status",
            String.valueOf(kind.status())));
    var latency =
        out.family(
            "millwright_http_request_duration_seconds",
            Measure.HISTOGRAM,
            "Until the answer began, by route.");
    traffic
        .latencies()
        .forEach((path, took) ->
            latency.add(new Buckets(took.within(), took.seconds(), took.count()), "path", path));
  }

  private static long signals(Map<Traffic.Kind, Long> counts, Predicate<Integer> fate) {
    return counts.entrySet().stream()
        .filter(it -> it.getKey().path().equals(SIGNALS) && fate.test(it.getKey().status()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}

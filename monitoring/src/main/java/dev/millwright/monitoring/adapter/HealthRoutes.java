package dev.millwright.monitoring.adapter;

import dev.millwright.monitoring.port.Vitals;
import dev.millwright.shared.http.Answers;
import dev.millwright.shared.http.Endpoint;
import dev.millwright.shared.http.Operation;
import dev.millwright.shared.http.Operation.Answer;
import dev.millwright.shared.http.Traffic;
import dev.millwright.shared.journal.Figures;
import dev.millwright.shared.line.LineControl;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/// Whether the factory lives and takes work, and its metrics for Prometheus.
final class HealthRoutes {
  private final Vitals vitals;
  private final LineControl control;
  private final LineRoutes line;
  private final DecisionRoutes decisions;
  private final Traffic traffic;

  HealthRoutes(
      Vitals vitals,
      LineControl control,
      LineRoutes line,
      DecisionRoutes decisions,
      Traffic traffic) {
    this.vitals = vitals;
    this.control = control;
    this.line = line;
    this.decisions = decisions;
    this.traffic = traffic;
  }

  record Health(String status, List<String> missing) {}

  List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            Operation.look(
                    "/health/live", "operate", "Lives", Answer.json(200, "it does", Health.class))
                .open(),
            _ ->
                CompletableFuture.completedFuture(
                    Answers.json(200, new Health("live", List.of())))),
        new Endpoint(
            Operation.look(
                    "/health/ready",
                    "operate",
                    "Takes work",
                    Answer.json(200, "it does", Health.class),
                    Answer.json(503, "not yet, and why", Health.class))
                .open(),
            _ -> CompletableFuture.completedFuture(ready())),
        new Endpoint(
            Operation.look(
                "/metrics",
                "operate",
                "Metrics for Prometheus",
                Answer.of(200, "its text format", "text/plain")),
            _ -> metrics()));
  }

  private HttpResponse ready() {
    var missing = vitals.notReady();
    return missing.isEmpty()
        ? Answers.json(200, new Health("ready", missing))
        : Answers.json(503, new Health("not_ready", missing));
  }

  private CompletionStage<HttpResponse> metrics() {
    return control.overview().thenCombine(line.snapshot(), this::text).thenApply(Answers::plain);
  }

  private String text(LineControl.Overview overview, Figures.Snapshot figures) {
    var text = new StringBuilder();
    type(text, "millwright_items", "gauge");
    for (var stage : dev.millwright.shared.workitem.Stage.values()) {
      var standing = figures.of(stage).standing();
      items(text, stage.wire(), "queued", standing.queued());
      items(text, stage.wire(), "running", standing.running());
      items(text, stage.wire(), "waiting", standing.waiting());
      items(text, stage.wire(), "finished", standing.finished());
    }
    for (var name : List.of("capacity", "running", "queued")) {
      type(text, "millwright_stage_" + name, "gauge");
      for (var load : overview.stages()) {
        var value =
            switch (name) {
              case "capacity" -> load.capacity();
              case "running" -> load.running();
              default -> load.queued();
            };
        line(text, "millwright_stage_" + name, "stage=\"" + load.stage().wire() + "\"", value);
      }
    }
    type(text, "millwright_decisions_total", "counter");
    decisions
        .counts()
        .forEach((verb, count) ->
            line(
                text,
                "millwright_decisions_total",
                "verb=\"" + ItemViews.wire(verb) + "\"",
                count.sum()));
    type(text, "millwright_http_requests_total", "counter");
    traffic
        .counts()
        .forEach((kind, count) ->
            line(
                text,
                "millwright_http_requests_total",
                "method=\"%s\",path=\"%s\",status=\"%d\""
                    .formatted(kind.method(), kind.path(), kind.status()),
                count));
    type(text, "millwright_projection_lag_events", "gauge");
    text.append("millwright_projection_lag_events ").append(vitals.projectionLagEvents());
    text.append('\n');
    type(text, "millwright_projection_lag_seconds", "gauge");
    text.append(
        String.format(
            Locale.ROOT,
            "millwright_projection_lag_seconds %.3f\n",
            vitals.projectionLagSeconds()));
    return text.toString();
  }

  private static void items(StringBuilder text, String stage, String status, long count) {
    line(text, "millwright_items", "stage=\"%s\",status=\"%s\"".formatted(stage, status), count);
  }

  private static void type(StringBuilder text, String name, String type) {
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private static void line(StringBuilder text, String name, String labels, long value) {
    text.append(name).append('{').append(labels).append("} ").append(value).append('\n');
  }
}

package dev.millwright.monitoring.adapter;

import dev.millwright.monitoring.port.Vitals;
import dev.millwright.shared.http.Answers;
import dev.millwright.shared.http.Endpoint;
import dev.millwright.shared.http.Field;
import dev.millwright.shared.http.Operation;
import dev.millwright.shared.http.Operation.Answer;
import dev.millwright.shared.line.LineControl;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.util.ByteString;

/// Whether the factory lives and takes work, and its metrics for Prometheus.
final class HealthRoutes {
  private final Vitals vitals;
  private final LineControl control;
  private final LineRoutes line;
  private final Metrics metrics;

  HealthRoutes(Vitals vitals, LineControl control, LineRoutes line, Metrics metrics) {
    this.vitals = vitals;
    this.control = control;
    this.line = line;
    this.metrics = metrics;
  }

  record Health(
      @Field(oneOf = {"live", "ready", "not_ready"}) String status,
      @Field(about = "why not, in words for an operator") List<String> missing,
      @Field(about = "what is wrong with the settings file while the last good one is in force")
          List<String> settings,
      @Field(about = "what is wrong with boards; everything else goes on without them")
          List<String> boards,
      @Field(about = "what isolates agents and checks; `none` is no isolation") String sandbox) {}

  List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            Operation.look(
                    "/health/live", "operate", "Lives", Answer.json(200, "it does", Health.class))
                .open(),
            _ -> CompletableFuture.completedFuture(Answers.json(200, health("live", List.of())))),
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
        ? Answers.json(200, health("ready", missing))
        : Answers.json(503, health("not_ready", missing));
  }

  private Health health(String status, List<String> missing) {
    return new Health(
        status, missing, vitals.settingsProblems(), vitals.boardProblems(), vitals.sandbox());
  }

  private CompletionStage<HttpResponse> metrics() {
    return control
        .overview()
        .thenCombine(line.snapshot(), metrics::text)
        .thenApply(HealthRoutes::plain);
  }

  private static HttpResponse plain(String metrics) {
    return Answers.plain(metrics)
        .withEntity(
            HttpEntities.create(
                ContentTypes.parse(Exposition.CONTENT_TYPE), ByteString.fromString(metrics)));
  }
}

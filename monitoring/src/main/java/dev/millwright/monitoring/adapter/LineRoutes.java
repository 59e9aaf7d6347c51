package dev.millwright.monitoring.adapter;

import dev.millwright.monitoring.port.Vitals;
import dev.millwright.shared.http.ApiError;
import dev.millwright.shared.http.Blocking;
import dev.millwright.shared.http.Call;
import dev.millwright.shared.http.Endpoint;
import dev.millwright.shared.http.Field;
import dev.millwright.shared.http.Operation;
import dev.millwright.shared.http.Operation.Answer;
import dev.millwright.shared.http.Operation.Body;
import dev.millwright.shared.journal.Figures;
import dev.millwright.shared.line.LineControl;
import dev.millwright.shared.workitem.Stage;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/// The line: its six stages, the figures, pausing and resuming.
final class LineRoutes {
  private static final long FRESH_NANOS = 900_000_000;

  private final LineControl line;
  private final Figures figures;
  private final Vitals vitals;
  private final Clock clock;
  private @Nullable CompletionStage<Figures.Snapshot> latest;
  private final Supplier<Set<String>> repos;
  private long readAt;

  LineRoutes(
      LineControl line, Figures figures, Vitals vitals, Supplier<Set<String>> repos, Clock clock) {
    this.line = line;
    this.figures = figures;
    this.vitals = vitals;
    this.repos = repos;
    this.clock = clock;
  }

  record What(
      @Nullable
          @Field(
              about = "a stage; without stage and repo, everything",
              oneOf = {"triage", "codegen", "validation", "release", "documentation", "monitoring"})
          String stage,
      @Nullable @Field(about = "a repository's name", least = 1, most = 200) String repo) {}

  List<Endpoint> endpoints() {
    var body = new Body("application/json", What.class, false);
    var now = Answer.json(200, "the line afterwards", LineView.class);
    return List.of(
        new Endpoint(
            Operation.look(
                "/api/v1/stages",
                "line",
                "The six stages",
                Answer.json(200, "as they are now", LineView.class)),
            _ -> view().thenApply(ItemRoutes::json)),
        new Endpoint(
            Operation.look(
                "/api/v1/metrics/summary",
                "line",
                "The factory in a few numbers",
                Answer.json(200, "as of a second ago", LineView.Summary.class)),
            _ -> summary().thenApply(ItemRoutes::json)),
        new Endpoint(
            Operation.operate("/api/v1/pause", "line", "Take nothing new", body, now),
            call -> change(call, this::pause)),
        new Endpoint(
            Operation.operate("/api/v1/resume", "line", "Take new work again", body, now),
            call -> change(call, line::resume)));
  }

  CompletionStage<LineView> view() {
    return line.overview().thenCompose(this::view);
  }

  CompletionStage<LineView.Summary> summary() {
    return snapshot().thenApply(it -> LineView.summary(it.totals()));
  }

  /// The figures, read once for everybody who asks within a second.
  synchronized CompletionStage<Figures.Snapshot> snapshot() {
    var now = System.nanoTime();
    var known = latest;
    if (known == null
        || now - readAt > FRESH_NANOS
        || known.toCompletableFuture().isCompletedExceptionally()) {
      known = Blocking.call(() -> figures.read(clock.instant()));
      latest = known;
      readAt = now;
    }
    return known;
  }

  private CompletionStage<LineView> view(LineControl.Overview overview) {
    return snapshot().thenApply(it -> LineView.of(overview, it, vitals.sandbox()));
  }

  /// Pausing or resuming.
  private interface Change {
    CompletionStage<LineControl.Overview> make(@Nullable Stage stage, @Nullable String repo);
  }

  /// What is paused already may be resumed whatever it is called; what nobody knows cannot be
  /// paused.
  private CompletionStage<LineControl.Overview> pause(
      @Nullable Stage stage, @Nullable String repo) {
    var known = repos.get();
    if (repo != null && !known.contains(repo)) {
      throw ApiError.invalid(
              "repo",
              "there is no repository '%s' here; known: %s"
                  .formatted(repo, String.join(", ", new TreeSet<>(known))))
          .exception();
    }
    return line.pause(stage, repo);
  }

  private CompletionStage<HttpResponse> change(Call call, Change change) {
    var what = call.read(What.class);
    var name = what.stage();
    var stage =
        name == null
            ? null
            : Stage.parse(name)
                .orElseThrow(() -> ApiError.invalid("stage", "no such stage").exception());
    return change.make(stage, what.repo()).thenCompose(this::view).thenApply(ItemRoutes::json);
  }
}

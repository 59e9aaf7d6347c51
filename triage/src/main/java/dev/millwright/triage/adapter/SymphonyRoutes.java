package dev.millwright.triage.adapter;

import static java.time.temporal.ChronoUnit.SECONDS;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.shared.http.Answers;
import dev.millwright.shared.http.ApiError;
import dev.millwright.shared.http.Blocking;
import dev.millwright.shared.http.Call;
import dev.millwright.shared.http.Endpoint;
import dev.millwright.shared.http.Json;
import dev.millwright.shared.http.Operation;
import dev.millwright.shared.http.Operation.Answer;
import dev.millwright.shared.http.Operation.Body;
import dev.millwright.shared.http.Operation.Param;
import dev.millwright.shared.journal.ItemLists;
import dev.millwright.shared.line.Activity;
import dev.millwright.shared.workitem.Usage;
import dev.millwright.triage.port.BoardWork;
import dev.millwright.triage.port.Boards;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/// The three routes of Symphony's interface, about the tickets of the boards: its shapes and codes,
/// with the truth of the journal behind them.
///
/// `/api/v1/{issue_identifier}` has room for any word, so these come after all others.
public final class SymphonyRoutes {
  private static final String TAG = "symphony";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final List<String> OPERATIONS = List.of("poll", "reconcile");

  private final Sources sources;
  private final Path workspaces;
  private final Supplier<String> publicUrl;
  private final Clock clock;

  /// Where the answers come from.
  ///
  /// @param used what the agents of ended attempts used; blocks
  public record Sources(
      BoardWork work, Boards boards, Activity activity, ItemLists lists, Supplier<Usage> used) {}

  /// @param workspaces the folder of all workspaces
  /// @param publicUrl what an item's address starts with, without a slash at its end
  public SymphonyRoutes(Sources sources, Path workspaces, Supplier<String> publicUrl, Clock clock) {
    this.sources = sources;
    this.workspaces = workspaces;
    this.publicUrl = publicUrl;
    this.clock = clock;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            Operation.look(
                "/api/v1/state",
                TAG,
                "What runs, is retried, and is blocked, of all boards",
                Answer.json(200, "as of now", SymphonyView.State.class),
                Answer.error(503, "`snapshot_timeout` or `snapshot_unavailable`")),
            _ -> snapshot(this::state)),
        new Endpoint(refreshing(), _ -> refresh()),
        new Endpoint(
            Operation.look(
                    "/api/v1/{issue_identifier}",
                    TAG,
                    "One ticket that is held, by what people call it",
                    Answer.json(200, "as of now", SymphonyView.Issue.class),
                    Answer.error(404, "`issue_not_found`: no board holds it"),
                    Answer.error(503, "`snapshot_timeout` or `snapshot_unavailable`"))
                .taking(Param.query("board", "which board's, where two call theirs the same")),
            call -> snapshot(() -> issue(call))));
  }

  private static Operation refreshing() {
    return new Operation(
        Operation.Verb.POST,
        "/api/v1/refresh",
        new Operation.About(
            TAG, "Look at all boards soon", "Asked again meanwhile, it is one look."),
        Operation.Access.SUBMIT,
        List.of(),
        List.of(
            new Body("application/json", SymphonyView.Nothing.class, false),
            new Body(FORM, null, false, 1)),
        List.of(
            Answer.json(202, "asked for", SymphonyView.Refresh.class),
            Answer.error(503, "`orchestrator_unavailable`: nobody looks at boards now")));
  }

  private interface Making {
    HttpResponse make();
  }

  private static CompletionStage<HttpResponse> snapshot(Making making) {
    return Blocking.call(making::make)
        .toCompletableFuture()
        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .exceptionallyCompose(failure -> SymphonyFailures.ofSnapshot(failure));
  }

  private HttpResponse state() {
    var now = clock.instant();
    var rows = rows();
    var running = new ArrayList<SymphonyView.Running>();
    var retrying = new ArrayList<SymphonyView.Retrying>();
    var blocked = new ArrayList<SymphonyView.Blocked>();
    var tracked = sources.work().tracked();
    for (var each : tracked) {
      switch (rows.row(each)) {
        case SymphonyRows.Row.Runs(var view) -> running.add(view);
        case SymphonyRows.Row.Retries(var view) -> retrying.add(view);
        case SymphonyRows.Row.Blocks(var view) -> blocked.add(view);
        case SymphonyRows.Row.Rests _ -> {}
      }
    }
    return Answers.json(
        200,
        new SymphonyView.State(
            now.truncatedTo(SECONDS),
            new SymphonyView.Counts(running.size(), retrying.size(), blocked.size()),
            running,
            retrying,
            blocked,
            totals(running, now),
            limits()));
  }

  /// What has ended, and what runs now.
  private SymphonyView.Totals totals(List<SymphonyView.Running> running, Instant now) {
    var ended = sources.used().get();
    var input = ended.inputTokens();
    var output = ended.outputTokens();
    var time = ended.time();
    for (var each : running) {
      input += each.tokens().inputTokens();
      output += each.tokens().outputTokens();
      if (each.workspacePath() != null) {
        time = time.plus(Duration.between(each.startedAt(), now));
      }
    }
    return new SymphonyView.Totals(input, output, input + output, time.toMillis() / 1000.0);
  }

  private @Nullable JsonNode limits() {
    return sources
        .activity()
        .limits()
        .map(json -> Json.parse(json.getBytes(StandardCharsets.UTF_8)))
        .orElse(null);
  }

  private HttpResponse issue(Call call) {
    var identifier = call.path().get("issue_identifier");
    var board = call.param("board");
    return sources.work().tracked().stream()
        .filter(it -> it.claim().ticket().identifier().equals(identifier))
        .filter(it -> board.isEmpty() || it.claim().ticket().board().equals(board.get()))
        .findFirst()
        .map(it -> Answers.json(200, rows().issue(it)))
        .orElseThrow(() ->
            ApiError.notFound("issue_not_found", "no board holds a ticket of this name")
                .hint("/api/v1/state has those that are held; /api/v1/items has all work")
                .exception());
  }

  private CompletionStage<HttpResponse> refresh() {
    return sources
        .boards()
        .refresh(null)
        .toCompletableFuture()
        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .thenApply(asked ->
            Answers.json(
                202,
                new SymphonyView.Refresh(
                    true, asked.coalesced(), asked.requestedAt().truncatedTo(SECONDS), OPERATIONS)))
        .exceptionallyCompose(failure -> SymphonyFailures.ofRefresh());
  }

  private SymphonyRows rows() {
    return new SymphonyRows(sources.activity(), sources.lists(), workspaces, publicUrl.get());
  }
}

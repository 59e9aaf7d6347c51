package dev.millwright.monitoring.adapter;

import dev.millwright.monitoring.port.Vitals;
import dev.millwright.shared.http.Api;
import dev.millwright.shared.http.EventStream;
import dev.millwright.shared.http.HttpServer;
import dev.millwright.shared.http.HttpSettings;
import dev.millwright.shared.http.Tokens;
import dev.millwright.shared.http.Traffic;
import dev.millwright.shared.journal.Artifacts;
import dev.millwright.shared.journal.Figures;
import dev.millwright.shared.journal.ItemLists;
import dev.millwright.shared.journal.ItemRow;
import dev.millwright.shared.journal.LiveFeed;
import dev.millwright.shared.journal.Progress;
import dev.millwright.shared.journal.Transcripts;
import dev.millwright.shared.line.LineControl;
import dev.millwright.shared.signal.Author;
import dev.millwright.shared.signal.Request;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.shared.workitem.ArtifactRef;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Counters;
import dev.millwright.shared.workitem.Decision;
import dev.millwright.shared.workitem.Dossier;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Items;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.Usage;
import dev.millwright.shared.workitem.Verdict;
import dev.millwright.shared.workitem.WaitingOn;
import dev.millwright.shared.workitem.WorkItemState;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;

/// A factory in memory behind a real server: one item that waits for review.
final class ScriptedFactory
    implements Items, ItemLists, LiveFeed, Artifacts, Figures, LineControl, Vitals {
  static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

  final Map<String, WorkItemState.Known> items = new ConcurrentHashMap<>();
  final List<Consumer<ItemRow>> listeners = new CopyOnWriteArrayList<>();
  volatile List<String> missing = List.of();
  private final Path folder;

  ScriptedFactory(Path folder) {
    this.folder = folder;
    items.put("w-1", waiting());
  }

  static WorkItemState.Known waiting() {
    var signal =
        new Signal(
            new SignalKey("w:1"),
            "http",
            new Author("ann", Author.Trust.OPERATOR),
            new Request("Mend it", "please", null, List.of(), 0, null, null),
            Map.of(),
            null);
    var dossier =
        new Dossier(
            new ItemId("w-1"), Context.of(signal), Counters.ZERO, 1, Usage.NONE, Map.of(), THEN);
    return new WorkItemState.Waiting(dossier, Stage.RELEASE, WaitingOn.REVIEW, "look at it", null);
  }

  HttpServer.Bound start(ActorSystem<?> system, Tokens tokens) {
    var traffic = new Traffic();
    var streams = new EventStream();
    var routes =
        new MonitoringRoutes(
            new MonitoringRoutes.Work(this, this, this, new Transcripts(folder), this, this),
            new MonitoringRoutes.Factory(
                this,
                this,
                traffic,
                streams,
                Clock.systemUTC(),
                () -> "http://here",
                () -> Set.of("orders"),
                "1"));
    return HttpServer.start(
            system,
            new HttpServer.Parts(
                new HttpSettings("127.0.0.1", 0, null, tokens),
                new Api("1", routes.endpoints()),
                traffic,
                streams))
        .toCompletableFuture()
        .join();
  }

  private static ItemRow row(WorkItemState.Known item) {
    return new ItemRow(item, Progress.opened(THEN), THEN, 1, null);
  }

  void changed() {
    listeners.forEach(it -> it.accept(row(waiting())));
  }

  @Override
  public CompletionStage<Received> receive(Signal signal) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Optional<WorkItemState.Known>> get(ItemId id) {
    return CompletableFuture.completedFuture(Optional.ofNullable(items.get(id.value())));
  }

  @Override
  public CompletionStage<Decided> decide(ItemId id, Decision decision) {
    var item = items.get(id.value());
    if (item == null) {
      return done(new Decided.Refused(Verdict.Reason.UNKNOWN_ITEM, "unknown"));
    }
    if (decision.verb() == Decision.Verb.APPROVE) {
      return done(new Decided.Done(item));
    }
    return done(new Decided.Refused(Verdict.Reason.NOT_IN_THIS_STATE, "it waits for review"));
  }

  private static CompletionStage<Decided> done(Decided decided) {
    return CompletableFuture.completedFuture(decided);
  }

  @Override
  public Page list(Query query) {
    return new Page(items.values().stream().map(ScriptedFactory::row).toList(), null);
  }

  @Override
  public List<HistoryEntry> history(String item) {
    return List.of();
  }

  @Override
  public Subscription listen(Consumer<ItemRow> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public ArtifactRef put(InputStream content, String mediaType) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ArtifactRef put(Path file, String mediaType) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<InputStream> open(String sha256) {
    return Optional.empty();
  }

  @Override
  public Snapshot read(Instant now) {
    return Snapshot.NONE;
  }

  @Override
  public CompletionStage<Overview> overview() {
    return CompletableFuture.completedFuture(
        new Overview(
            Arrays.stream(Stage.values()).map(it -> new StageLoad(it, 2, 0, 0, false)).toList(),
            List.of()));
  }

  @Override
  public CompletionStage<Overview> pause(@Nullable Stage stage, @Nullable String repo) {
    return overview();
  }

  @Override
  public CompletionStage<Overview> resume(@Nullable Stage stage, @Nullable String repo) {
    return overview();
  }

  @Override
  public List<String> notReady() {
    return missing;
  }

  @Override
  public long projectionLagEvents() {
    return 0;
  }

  @Override
  public double projectionLagSeconds() {
    return 0;
  }

  @Override
  public String sandbox() {
    return "none";
  }
}

package dev.millwright.app;

import dev.millwright.codegen.adapter.CodegenRoutes;
import dev.millwright.monitoring.adapter.MonitoringRoutes;
import dev.millwright.monitoring.port.Vitals;
import dev.millwright.shared.http.Api;
import dev.millwright.shared.http.Endpoint;
import dev.millwright.shared.http.EventStream;
import dev.millwright.shared.http.HttpServer;
import dev.millwright.shared.http.HttpSettings;
import dev.millwright.shared.http.TokenFile;
import dev.millwright.shared.http.Tokens;
import dev.millwright.shared.http.Traffic;
import dev.millwright.shared.journal.AgentUsage;
import dev.millwright.shared.journal.Database;
import dev.millwright.shared.journal.DatabaseUnusable;
import dev.millwright.shared.journal.FileArtifacts;
import dev.millwright.shared.journal.JournalFigures;
import dev.millwright.shared.journal.JournalViews;
import dev.millwright.shared.journal.Projection;
import dev.millwright.shared.journal.Transcripts;
import dev.millwright.shared.line.Activity;
import dev.millwright.shared.line.ActorsConfig;
import dev.millwright.shared.line.Attempt;
import dev.millwright.shared.line.Line;
import dev.millwright.shared.line.StageCode;
import dev.millwright.shared.settings.FactorySettings;
import dev.millwright.shared.settings.SettingsWatch;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Items;
import dev.millwright.shared.workitem.Limits;
import dev.millwright.shared.workspace.Sweep;
import dev.millwright.triage.actor.Ground;
import dev.millwright.triage.actor.PollingBoards;
import dev.millwright.triage.adapter.BoardRoutes;
import dev.millwright.triage.adapter.LedgerWork;
import dev.millwright.triage.adapter.LineItems;
import dev.millwright.triage.adapter.SqlBoardLedger;
import dev.millwright.triage.adapter.SymphonyRoutes;
import dev.millwright.triage.adapter.TriageRoutes;
import dev.millwright.triage.adapter.board.BoardNetwork;
import dev.millwright.triage.port.BoardWork;
import dev.millwright.triage.port.Boards;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens everything a factory stands on, in order, and closes it in the opposite one.
final class RunningFactory implements FactoryRunner.Running {
  private static final Logger LOG = LoggerFactory.getLogger(RunningFactory.class);
  private static final Duration BEAT = Duration.ofSeconds(1);
  private static final Duration READY_WITHIN = Duration.ofSeconds(30);
  private static final Duration BOARDS_WHOLE_EVERY = Duration.ofMinutes(10);
  private static final String VERSION = "0.1.0";

  private final Deque<Closing> closings = new ArrayDeque<>();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile URI url = URI.create("http://127.0.0.1");
  private volatile @Nullable URI publicUrl;

  private RunningFactory() {}

  /// One step of stopping.
  private interface Closing {
    void close() throws Exception;
  }

  static RunningFactory start(
      SettingsWatch settings, Consumer<String> progress, Function<Workshop, List<StageCode>> stages)
      throws FactoryRunner.CannotStart {
    var factory = new RunningFactory();
    try {
      factory.open(settings, progress, stages);
      return factory;
    } catch (FactoryRunner.CannotStart e) {
      factory.close();
      throw e;
    } catch (IOException | SQLException | InterruptedException | RuntimeException e) {
      factory.close();
      throw cannotStart(e);
    }
  }

  private void open(
      SettingsWatch live, Consumer<String> progress, Function<Workshop, List<StageCode>> stages)
      throws IOException, SQLException, InterruptedException, FactoryRunner.CannotStart {
    closing(live);
    var settings = live.get();
    var clock = Clock.systemUTC();
    closing(DataLock.take(settings.data()));
    var swept = Sweep.of(settings.data());
    if (swept.killed() > 0) {
      progress.accept("Stopped " + swept.killed() + " processes an earlier factory left behind.");
    }
    progress.accept("Opening the journal…");
    var database = closing(Database.open(settings.storage()));
    var projection = closing(Projection.start(database, clock));
    var views = new JournalViews(database);
    var memory = closing(Wiring.memory(live, views, projection, clock));
    var network = closing(new BoardNetwork(BoardNetwork.Limits.USUAL, clock));
    var boardMaker = Wiring.boards(live, network, clock);
    var source = new OpenBoards(() -> live.get().intake(), live::unusable, boardMaker);
    var tickets = new Workshop.Boards(source, new SqlBoardLedger(database));
    var workshop = Workshop.open(live, tickets, memory, clock);
    closing(workshop.gateway());
    workshop.retireLeft();
    var keeping =
        new Attempt.Keeping(
            new FileArtifacts(settings.data().resolve("artifacts")),
            new Transcripts(settings.data().resolve("logs")),
            new Activity());
    var ground =
        new Line.Ground(
            database,
            projection,
            keeping,
            new Attempt.Timing(clock, () -> live.get().policy().budget().time(), BEAT),
            () -> live.get().line(),
            () -> limits(live.get()));
    progress.accept("Starting the six stages…");
    var started = new CompletableFuture<Line>();
    var system =
        ActorSystem.create(
            Factory.create(ground, stages.apply(workshop), started),
            "millwright",
            ActorsConfig.of(database, settings.storage()));
    closings.push(() -> {
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().join();
    });
    var line = started.join();
    closing(line.revival());
    // The first question to an item brings up its shard and the journal's pool; nobody outside
    // should have to wait for that, nor should this.
    var _ = line.items().get(new ItemId("warm-up"));
    closing(Settling.start(workshop.forge(), () -> live.get().repos().keySet(), line.items()));
    closing(Housekeeping.start(workshop.upkeep(), () -> live.get().policy().keep(), line.items()));
    var intake = intake(workshop, views, line.items());
    var boards = closing(PollingBoards.start(system, intake));
    var pulse =
        Pulse.start(
            new Pulse.Parts(
                system,
                line.desk(),
                projection::lag,
                workshop.sandbox().name(),
                live::problems,
                boards::problems));
    closing(pulse);
    publicUrl = settings.server().publicUrl();
    var webhooks = closing(Wiring.webhooks(live, database, line, boards, clock));
    var work = new LedgerWork(intake.ledger(), intake.items(), intake.boards()::names);
    var bound =
        serve(
            system, workshop, ground, line, pulse, new Intake(boards, work, webhooks.endpoints()));
    closings.push(() -> bound.stop().toCompletableFuture().join());
    closings.push(pulse::close); // again, so that it says so before the server stops
    url = URI.create("http://" + settings.server().host() + ":" + bound.address().getPort());
    if (!pulse.awaitReady(READY_WITHIN)) {
      progress.accept("Not ready yet: " + String.join("; ", pulse.notReady()) + ".");
    }
  }

  /// Where work comes in, as routes show it.
  private record Intake(Boards boards, BoardWork work, List<Endpoint> webhooks) {}

  private Ground intake(Workshop workshop, JournalViews views, Items items) {
    return new Ground(
        workshop.boards().source(),
        workshop.boards().ledger(),
        new LineItems(items, views),
        item -> publicUrl() + "/items/" + item,
        workshop.clock(),
        BOARDS_WHOLE_EVERY);
  }

  private HttpServer.Bound serve(
      ActorSystem<?> system,
      Workshop workshop,
      Line.Ground ground,
      Line line,
      Vitals vitals,
      Intake intake) {
    var settings = workshop.settings();
    var server = settings.server();
    var secrets =
        server.tokens().entrySet().stream()
            .collect(
                Collectors.toMap(java.util.Map.Entry::getKey, token -> token.getValue().reveal()));
    var http =
        new HttpSettings(
            server.host(),
            server.port(),
            server.publicUrl(),
            new Tokens(secrets, new TokenFile(settings.data())));
    var streams = new EventStream();
    var traffic = new Traffic();
    var views = new JournalViews(ground.database());
    var watching =
        new MonitoringRoutes(
            new MonitoringRoutes.Work(
                line.items(),
                views,
                ground.projection(),
                ground.keeping().transcripts(),
                ground.keeping().artifacts(),
                new JournalFigures(ground.database())),
            new MonitoringRoutes.Factory(
                line.desk(),
                vitals,
                traffic,
                streams,
                workshop.clock(),
                this::publicUrl,
                () -> workshop.settings().repos().keySet(),
                VERSION));
    var endpoints = new ArrayList<>(new TriageRoutes(line.items(), this::publicUrl).endpoints());
    endpoints.addAll(new BoardRoutes(intake.boards(), intake.work()).endpoints());
    endpoints.addAll(watching.endpoints());
    endpoints.addAll(intake.webhooks());
    endpoints.addAll(
        new CodegenRoutes(line.items(), settings.repos(), workshop::mirror, settings.data())
            .endpoints());
    endpoints.addAll(symphony(workshop, ground, intake).endpoints());
    var parts = new HttpServer.Parts(http, new Api(VERSION, endpoints), traffic, streams);
    return HttpServer.start(system, parts).toCompletableFuture().join();
  }

  private SymphonyRoutes symphony(Workshop workshop, Line.Ground ground, Intake intake) {
    return new SymphonyRoutes(
        new SymphonyRoutes.Sources(
            intake.work(),
            intake.boards(),
            ground.keeping().activity(),
            new JournalViews(ground.database()),
            new AgentUsage(ground.database())::ever),
        workshop.settings().storage().workspaceFolder(),
        this::publicUrl,
        workshop.clock());
  }

  /// Where people find items: as configured, else where it listens, which with port 0 is only known
  /// once it does.
  private String publicUrl() {
    var configured = publicUrl;
    return (configured == null ? url : configured).toString().replaceAll("/+$", "");
  }

  private static Limits limits(FactorySettings settings) {
    var usual = Limits.DEFAULT;
    var budget = settings.policy().budget();
    return new Limits(
        usual.failures(),
        budget.attempts() - 1,
        usual.losses(),
        usual.backoff(),
        shorter(usual.longestBackoff(), settings.line().longestPause()),
        new Limits.Budget(budget.time(), budget.tokens(), budget.microDollars()),
        settings.server().tokens().size() > 1);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /// What an operator can do something about, said without a stack trace; the log has the rest.
  private static FactoryRunner.CannotStart cannotStart(Exception failure) {
    LOG.debug("event=StartFailed", failure);
    var cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    var fix =
        switch (cause) {
          case HttpServer.CannotListen _ ->
              "Choose another port with --port, or stop what listens there.";
          case DatabaseUnusable unusable -> unusable.fix();
          default -> "`millwright doctor` looks at what a factory needs.";
        };
    return new FactoryRunner.CannotStart(String.valueOf(cause.getMessage()), fix);
  }

  private <T extends AutoCloseable> T closing(T part) {
    closings.push(part::close);
    return part;
  }

  @Override
  public URI url() {
    return url;
  }

  @Override
  public void awaitStopped() throws InterruptedException {
    stopped.await();
  }

  @Override
  public void close() {
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    Stream.generate(closings::poll)
        .takeWhile(java.util.Objects::nonNull)
        .forEach(RunningFactory::closeQuietly);
    stopped.countDown();
  }

  private static void closeQuietly(Closing part) {
    try {
      part.close();
    } catch (Exception e) {
      LOG.warn("event=StopFailed cause=\"{}\"", e.toString());
    }
  }
}

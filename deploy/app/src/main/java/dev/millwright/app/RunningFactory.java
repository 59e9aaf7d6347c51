package dev.millwright.app;

import dev.millwright.shared.journal.Database;
import dev.millwright.shared.journal.FileArtifacts;
import dev.millwright.shared.journal.JournalViews;
import dev.millwright.shared.journal.Projection;
import dev.millwright.shared.journal.Transcripts;
import dev.millwright.shared.line.Activity;
import dev.millwright.shared.line.ActorsConfig;
import dev.millwright.shared.line.Attempt;
import dev.millwright.shared.line.Line;
import dev.millwright.shared.line.StageCode;
import dev.millwright.shared.settings.SettingsWatch;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Items;
import dev.millwright.shared.workspace.Sweep;
import dev.millwright.triage.actor.Ground;
import dev.millwright.triage.actor.PollingBoards;
import dev.millwright.triage.adapter.LedgerWork;
import dev.millwright.triage.adapter.LineItems;
import dev.millwright.triage.adapter.SqlBoardLedger;
import dev.millwright.triage.adapter.board.BoardNetwork;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;

/// Opens everything a factory stands on, in order, and closes it in the opposite one.
final class RunningFactory implements FactoryRunner.Running {
  private static final Duration BEAT = Duration.ofSeconds(1);
  private static final Duration READY_WITHIN = Duration.ofSeconds(30);
  private static final Duration BOARDS_WHOLE_EVERY = Duration.ofMinutes(10);

  private final Closings closings = new Closings();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile URI url = URI.create("http://127.0.0.1");
  private volatile @Nullable URI publicUrl;

  private RunningFactory() {}

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
      throw FactoryRunner.CannotStart.because(e);
    }
  }

  private void open(
      SettingsWatch live, Consumer<String> progress, Function<Workshop, List<StageCode>> stages)
      throws IOException, SQLException, InterruptedException, FactoryRunner.CannotStart {
    closings.keep(live);
    var settings = live.get();
    var clock = Clock.systemUTC();
    closings.keep(DataLock.take(settings.data()));
    var swept = Sweep.of(settings.data());
    if (swept.killed() > 0) {
      progress.accept("Stopped " + swept.killed() + " processes an earlier factory left behind.");
    }
    progress.accept("Opening the journal…");
    var database = closings.keep(Database.open(settings.storage()));
    var projection = closings.keep(Projection.start(database, clock));
    var views = new JournalViews(database);
    var memory = closings.keep(Wiring.memory(live, views, projection, clock));
    var network = closings.keep(new BoardNetwork(BoardNetwork.Limits.USUAL, clock));
    var boardMaker = Wiring.boards(live, network, clock);
    var source = new OpenBoards(() -> live.get().intake(), live::unusable, boardMaker);
    var tickets = new Workshop.Boards(source, new SqlBoardLedger(database));
    var workshop = Workshop.open(live, tickets, memory, clock);
    closings.keep(workshop.gateway());
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
            () -> ItemLimits.of(live.get()));
    progress.accept("Starting the six stages…");
    var started = new CompletableFuture<Line>();
    var system =
        ActorSystem.create(
            Factory.create(ground, stages.apply(workshop), started),
            "millwright",
            ActorsConfig.of(database, settings.storage()));
    closings.keep(() -> {
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().join();
    });
    var line = started.join();
    closings.keep(line.revival());
    // The first question to an item brings up its shard and the journal's pool; nobody outside
    // should have to wait for that, nor should this.
    var _ = line.items().get(new ItemId("warm-up"));
    closings.keep(
        Settling.start(workshop.forge(), () -> live.get().repos().keySet(), line.items()));
    closings.keep(
        Housekeeping.start(workshop.upkeep(), () -> live.get().policy().keep(), line.items()));
    var intake = intake(workshop, views, line.items());
    var boards = closings.keep(PollingBoards.start(system, intake));
    var pulse =
        Pulse.start(
            new Pulse.Parts(
                system,
                line.desk(),
                projection::lag,
                workshop.sandbox().name(),
                live::problems,
                boards::problems));
    closings.keep(pulse);
    publicUrl = settings.server().publicUrl();
    var webhooks = closings.keep(Wiring.webhooks(live, database, line, boards, clock));
    var work = new LedgerWork(intake.ledger(), intake.items(), intake.boards()::names);
    var routes =
        new Routes(workshop, ground, views, line, pulse, new Routes.Intake(boards, work, webhooks));
    var bound = routes.serve(system, this::publicUrl);
    closings.keep(() -> bound.stop().toCompletableFuture().join());
    closings.keep(pulse); // again, so that it says so before the server stops
    url = URI.create("http://" + settings.server().host() + ":" + bound.address().getPort());
    if (!pulse.awaitReady(READY_WITHIN)) {
      progress.accept("Not ready yet: " + String.join("; ", pulse.notReady()) + ".");
    }
  }

  private Ground intake(Workshop workshop, JournalViews views, Items items) {
    return new Ground(
        workshop.boards().source(),
        workshop.boards().ledger(),
        new LineItems(items, views),
        item -> publicUrl() + "/items/" + item,
        workshop.clock(),
        BOARDS_WHOLE_EVERY);
  }

  /// Where people find items: as configured, else where it listens, which with port 0 is only known
  /// once it does.
  private String publicUrl() {
    var configured = publicUrl;
    return (configured == null ? url : configured).toString().replaceAll("/+$", "");
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
    if (closings.close()) {
      stopped.countDown();
    }
  }
}

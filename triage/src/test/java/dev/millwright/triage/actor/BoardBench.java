package dev.millwright.triage.actor;

import static org.awaitility.Awaitility.await;

import dev.millwright.shared.journal.Database;
import dev.millwright.shared.journal.FileArtifacts;
import dev.millwright.shared.journal.ItemRow;
import dev.millwright.shared.journal.JournalViews;
import dev.millwright.shared.journal.Projection;
import dev.millwright.shared.journal.Transcripts;
import dev.millwright.shared.line.ActorsConfig;
import dev.millwright.shared.line.Assignment;
import dev.millwright.shared.line.Attempt;
import dev.millwright.shared.line.Line;
import dev.millwright.shared.line.StageCode;
import dev.millwright.shared.settings.BoardSettings;
import dev.millwright.shared.settings.IntakeSettings;
import dev.millwright.shared.settings.LineSettings;
import dev.millwright.shared.settings.StorageSettings;
import dev.millwright.shared.signal.Author;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.workitem.Decision;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Items;
import dev.millwright.shared.workitem.Limits;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.StageResult;
import dev.millwright.shared.workitem.WaitingOn;
import dev.millwright.shared.workitem.WorkItemState.Finished;
import dev.millwright.shared.workitem.WorkItemState.Known;
import dev.millwright.shared.workitem.WorkItemState.Queued;
import dev.millwright.shared.workitem.WorkItemState.Running;
import dev.millwright.shared.workitem.WorkItemState.Waiting;
import dev.millwright.triage.adapter.LineItems;
import dev.millwright.triage.adapter.ScriptedBoard;
import dev.millwright.triage.adapter.SqlBoardLedger;
import dev.millwright.triage.domain.Issue;
import dev.millwright.triage.port.Board;
import dev.millwright.triage.port.BoardItems;
import dev.millwright.triage.port.BoardLedger;
import dev.millwright.triage.port.BoardSource;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.jspecify.annotations.Nullable;

/// A real line over a real database, whose stages do what a test says, and boards in memory.
///
/// A ticket's work runs until the test ends it with `end`.
final class BoardBench implements AutoCloseable {
  static final List<String> ACTIVE = List.of("Todo", "In Progress");
  static final List<String> TERMINAL = List.of("Done", "Closed");
  static final Outcome REVIEW = new Outcome.Wait(WaitingOn.REVIEW, "please look", null);
  static final Outcome QUESTION = new Outcome.Wait(WaitingOn.ANSWER, "which colour?", null);
  static final Outcome GIVE_UP = new Outcome.GiveUp("it cannot be done");
  static final Outcome DROP = new Outcome.Drop("nothing to do", null);

  private final Database database;
  private final Projection projection;
  final ActorSystem<?> system;
  final Line line;
  final BoardLedger ledger;
  final LineItems items;
  private final Map<ItemId, CompletableFuture<Outcome>> endings = new ConcurrentHashMap<>();
  private final Map<String, Notes> notes = new ConcurrentHashMap<>();
  private final Map<String, BoardSource.Opened> opened =
      Collections.synchronizedMap(new LinkedHashMap<>());

  /// The items in the order in which they were brought.
  final List<String> started = new CopyOnWriteArrayList<>();

  static BoardBench start(Path data) throws Exception {
    return new BoardBench(StorageSettings.embedded(data));
  }

  private BoardBench(StorageSettings storage) throws Exception {
    database = Database.open(storage);
    var clock = Clock.systemUTC();
    projection = Projection.start(database, clock);
    var line = new CompletableFuture<Line>();
    var ground =
        new Line.Ground(
            database,
            projection,
            new Attempt.Keeping(
                new FileArtifacts(storage.data().resolve("artifacts")),
                new Transcripts(storage.data().resolve("logs"))),
            new Attempt.Timing(clock, () -> Duration.ofMinutes(5), Duration.ofMillis(50)),
            () -> lots(),
            () -> Limits.DEFAULT);
    var guardian =
        Behaviors.<Void>setup(context -> {
          var cluster = Cluster.get(context.getSystem());
          cluster.manager().tell(Join.create(cluster.selfMember().address()));
          line.complete(Line.start(context, ground, stages()));
          return Behaviors.empty();
        });
    system = ActorSystem.create(guardian, "millwright", ActorsConfig.of(database, storage));
    this.line = line.get();
    ledger = new SqlBoardLedger(database);
    items = new LineItems(this.line.items(), new JournalViews(database));
  }

  private static LineSettings lots() {
    var capacity = new EnumMap<Stage, Integer>(Stage.class);
    Arrays.stream(Stage.values()).forEach(stage -> capacity.put(stage, 64));
    return new LineSettings(capacity, 256);
  }

  private List<StageCode> stages() {
    return Arrays.stream(Stage.values())
        .<StageCode>map(stage ->
            new StageCode() {
              @Override
              public Stage stage() {
                return stage;
              }

              @Override
              public StageResult run(Assignment work) throws InterruptedException {
                return BoardBench.this.run(work);
              }
            })
        .toList();
  }

  private StageResult run(Assignment work) throws InterruptedException {
    try {
      return StageResult.of(ending(work.item()).get());
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      endings.remove(work.item());
    }
  }

  private CompletableFuture<Outcome> ending(ItemId item) {
    return endings.computeIfAbsent(item, _ -> new CompletableFuture<>());
  }

  /// Ends the attempt that runs and waits until the lists know.
  void end(ScriptedBoard board, String ticket, Outcome outcome) {
    var item = item(board, ticket);
    await().until(() -> items.get(item).orElseThrow() instanceof Running);
    ending(item).complete(outcome);
    await().until(() -> row(item).map(ItemRow::item).filter(it -> !moves(it)).isPresent());
  }

  /// Ends an attempt that runs or will, without waiting.
  void endSoon(ItemId item, Outcome outcome) {
    ending(item).complete(outcome);
  }

  private static boolean moves(Known item) {
    return item instanceof Running || item instanceof Queued;
  }

  Optional<ItemRow> row(ItemId item) {
    return Optional.ofNullable(items.rows(List.of(item)).get(item));
  }

  /// A board with four places and no limits by state, that writes nothing.
  ScriptedBoard board(String name) {
    return board(settings(name, 4, Map.of()));
  }

  ScriptedBoard board(BoardSettings settings) {
    var board = new ScriptedBoard(settings.name(), ACTIVE, TERMINAL);
    opened.put(settings.name(), new BoardSource.Opened.Ready(settings, board));
    return board;
  }

  void open(String name, BoardSource.Opened now) {
    opened.put(name, now);
  }

  BoardSource.Opened opened(String name) {
    return Objects.requireNonNull(opened.get(name));
  }

  static BoardSettings settings(String name, int most, Map<String, Integer> byState) {
    return settings(name, most, byState, BoardSettings.WriteBack.NOTHING);
  }

  static BoardSettings settings(
      String name, int most, Map<String, Integer> byState, BoardSettings.WriteBack writeBack) {
    return new BoardSettings(
        name,
        "scripted",
        "orders",
        Map.of(),
        new BoardSettings.Selection(List.of(), List.of(), List.of()),
        new BoardSettings.Pace(Duration.ofHours(1), most, byState),
        writeBack);
  }

  /// Boards whose name begins with `polled` are looked at by themselves, others only by `look`.
  BoardSource source() {
    return new BoardSource() {
      @Override
      public IntakeSettings settings() {
        var boards = new LinkedHashMap<String, BoardSettings>();
        opened.forEach((name, it) -> {
          if (name.startsWith("polled") && it instanceof Opened.Ready(var settings, _)) {
            boards.put(name, settings);
          }
        });
        return new IntakeSettings(boards);
      }

      @Override
      public Opened open(String name) {
        return opened.getOrDefault(name, new Opened.Unknown());
      }
    };
  }

  Ground ground(Duration wholeEvery) {
    return new Ground(
        source(),
        ledger,
        new Recording(),
        item -> "https://factory.example.com/items/" + item,
        Clock.systemUTC(),
        wholeEvery);
  }

  /// One look, with what the one before left.
  Board.@Nullable Fault look(String board) {
    return look(board, Duration.ofHours(1));
  }

  /// One look that reads the board whole.
  Board.@Nullable Fault lookAtAll(String board) {
    return look(board, Duration.ZERO);
  }

  private Board.@Nullable Fault look(String board, Duration wholeEvery) {
    var result = Look.at(ground(wholeEvery), board, notes.getOrDefault(board, Notes.NONE));
    notes.put(board, result.notes());
    return result.fault();
  }

  /// The process dies and another one starts: what was in memory is gone.
  void forgetEverythingInMemory() {
    notes.clear();
  }

  /// Brings signals to the line and writes down which; everything else as it is.
  private final class Recording implements BoardItems {
    @Override
    public Map<ItemId, ItemRow> rows(Collection<ItemId> ids) {
      return items.rows(ids);
    }

    @Override
    public Optional<Known> get(ItemId id) {
      return items.get(id);
    }

    @Override
    public ItemId receive(Signal signal) {
      var fails = dies;
      if (fails == Dies.BEFORE_RECEIVING) {
        throw new IllegalStateException("killed");
      }
      var item = items.receive(signal);
      started.add(Objects.requireNonNull(signal.facts().get("identifier")));
      if (fails == Dies.AFTER_RECEIVING) {
        throw new IllegalStateException("killed");
      }
      return item;
    }

    @Override
    public Items.Decided decide(ItemId id, Decision decision) {
      return items.decide(id, decision);
    }
  }

  /// Where the process dies.
  enum Dies {
    NEVER,
    BEFORE_RECEIVING,
    AFTER_RECEIVING
  }

  volatile Dies dies = Dies.NEVER;

  ItemId item(ScriptedBoard board, String ticket) {
    return ItemId.of(board.keyOf(issue(ticket, "Todo")));
  }

  Known known(ScriptedBoard board, String ticket) {
    return items.get(item(board, ticket)).orElseThrow();
  }

  boolean exists(ScriptedBoard board, String ticket) {
    return items.get(item(board, ticket)).isPresent();
  }

  /// How its item stands, such as `running`, `waiting review` or `finished cancelled`.
  String standing(ScriptedBoard board, String ticket) {
    return switch (known(board, ticket)) {
      case Queued _ -> "queued";
      case Running _ -> "running";
      case Waiting(_, _, var on, _, _) -> "waiting " + on.name().toLowerCase(Locale.ROOT);
      case Finished(_, _, var result, _) -> "finished " + result.name().toLowerCase(Locale.ROOT);
    };
  }

  /// What was decided about its item, such as `CANCEL by board backlog: …`.
  List<String> decisions(ScriptedBoard board, String ticket) {
    return known(board, ticket).dossier().context().decisions().stream()
        .map(it -> it.decision())
        .map(it -> it.verb() + " by " + it.by() + ": " + it.text())
        .toList();
  }

  long held(String board) {
    return ledger.claims(board).size();
  }

  void awaitRunning(ScriptedBoard board, String ticket) {
    await().until(() -> standing(board, ticket).equals("running"));
    await()
        .until(() ->
            row(item(board, ticket))
                .map(ItemRow::item)
                .filter(Running.class::isInstance)
                .isPresent());
  }

  /// A ticket called `T-id`.
  static Issue issue(String id, String state) {
    return new Issue(
        new Issue.Ref(id, "T-" + id, null, Map.of()),
        new Issue.Words("Do " + id, "All of it.", List.of(), null),
        state,
        0,
        new Issue.Standing(true, List.of(), null, new Author("ada", Author.Trust.MEMBER)),
        new Issue.Times(null, null));
  }

  static Issue issue(String id, String state, int priority, @Nullable Instant created) {
    var plain = issue(id, state);
    return new Issue(
        plain.ref(),
        plain.words(),
        state,
        priority,
        plain.standing(),
        new Issue.Times(created, null));
  }

  static Issue saying(Issue issue, String title, List<String> labels) {
    return new Issue(
        issue.ref(),
        new Issue.Words(title, issue.words().description(), labels, null),
        issue.state(),
        issue.priority(),
        issue.standing(),
        issue.times());
  }

  static Issue standing(Issue issue, boolean dispatchable, Issue.Blocker... blockers) {
    return new Issue(
        issue.ref(),
        issue.words(),
        issue.state(),
        issue.priority(),
        new Issue.Standing(dispatchable, List.of(blockers), null, issue.standing().author()),
        issue.times());
  }

  @Override
  public void close() {
    line.revival().close();
    endings.values().forEach(ending -> ending.complete(GIVE_UP));
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
    projection.close();
    database.close();
  }
}

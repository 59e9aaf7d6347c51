package dev.millwright.triage.actor;

import dev.millwright.triage.port.Board;
import dev.millwright.triage.port.Boards;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.SingletonActor;
import org.jspecify.annotations.Nullable;

/// The pollers of all boards: each a singleton of the cluster, begun when the settings first name
/// its board. One whose board is not named any more only waits for it to be named again.
public final class PollingBoards implements Boards, AutoCloseable {
  private static final Duration ASK = Duration.ofSeconds(5);
  private static final Board.Fault SILENT =
      new Board.Fault(
          Board.Fault.Category.REQUEST, "poller_silent", "its poller does not answer", null);
  private static final Duration FOLLOW = Duration.ofSeconds(1);

  private final ActorSystem<?> system;
  private final Ground ground;
  private final Map<String, ActorRef<BoardPoller.Command>> pollers = new ConcurrentHashMap<>();
  private final Executor blocking = Executors.newVirtualThreadPerTaskExecutor();
  private final Cancellable following;
  private Object settings = List.of();

  private PollingBoards(ActorSystem<?> system, Ground ground) {
    this.system = system;
    this.ground = ground;
    this.following =
        system
            .scheduler()
            .scheduleWithFixedDelay(Duration.ZERO, FOLLOW, this::follow, system.executionContext());
  }

  /// Begins to poll, and follows the settings until it is closed.
  public static PollingBoards start(ActorSystem<?> system, Ground ground) {
    return new PollingBoards(system, ground);
  }

  @Override
  public CompletionStage<Refresh> refresh(@Nullable String board) {
    var names = board == null ? ground.boards().names() : List.of(board);
    var asked =
        names.stream()
            .flatMap(name -> Stream.ofNullable(pollers.get(name)))
            .map(poller -> ask(poller, BoardPoller.Refresh::new))
            .toList();
    return all(asked)
        .thenApply(answers ->
            new Refresh(
                answers.stream().allMatch(Refresh::coalesced),
                answers.stream()
                    .map(Refresh::requestedAt)
                    .max(Instant::compareTo)
                    .orElseGet(ground.clock()::instant)));
  }

  @Override
  public CompletionStage<List<Standing>> standing() {
    return all(ground.boards().names().stream().map(this::standing).toList());
  }

  /// One that does not answer hides no other.
  private CompletionStage<Standing> standing(String name) {
    var poller = pollers.get(name);
    return poller == null
        ? CompletableFuture.completedFuture(Standing.unknown(name, null))
        : this.<Standing>ask(poller, BoardPoller.Ask::new)
            .exceptionally(_ -> Standing.unknown(name, SILENT));
  }

  /// What is wrong with any of them, in words for an operator.
  public CompletionStage<List<String>> problems() {
    return standing()
        .thenApply(boards ->
            boards.stream()
                .flatMap(board ->
                    Stream.ofNullable(board.fault())
                        .map(it -> "board " + board.name() + ": " + it.code() + ": " + it.reason()))
                .toList());
  }

  /// Looks under way end by themselves; nothing depends on it.
  @Override
  public void close() {
    following.cancel();
  }

  private synchronized void follow() {
    var now = ground.boards().settings();
    if (now.equals(settings)) {
      return;
    }
    settings = now;
    pollers.values().forEach(poller -> poller.tell(new BoardPoller.Reload()));
    for (var name : ground.boards().names()) {
      pollers.computeIfAbsent(name, this::begin);
    }
  }

  private ActorRef<BoardPoller.Command> begin(String name) {
    var poller =
        Behaviors.supervise(BoardPoller.create(ground, name, blocking))
            .onFailure(
                SupervisorStrategy.restartWithBackoff(
                    Duration.ofSeconds(1), Duration.ofMinutes(1), 0.2));
    return ClusterSingleton.get(system)
        .init(
            SingletonActor.of(poller, "board-" + URLEncoder.encode(name, StandardCharsets.UTF_8)));
  }

  private <T> CompletionStage<T> ask(
      ActorRef<BoardPoller.Command> poller, Function<ActorRef<T>, BoardPoller.Command> question) {
    return AskPattern.ask(poller, question::apply, ASK, system.scheduler());
  }

  private static <T> CompletionStage<List<T>> all(List<CompletionStage<T>> asked) {
    CompletionStage<List<T>> all = CompletableFuture.completedFuture(List.of());
    for (var one : asked) {
      all =
          all.thenCombine(
              one, (some, next) -> Stream.concat(some.stream(), Stream.of(next)).toList());
    }
    return all;
  }
}

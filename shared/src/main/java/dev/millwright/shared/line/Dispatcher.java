package dev.millwright.shared.line;

import dev.millwright.shared.line.LineControl.Overview;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Stage;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.BehaviorBuilder;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/// Who runs next, under which limits: the cluster's one dispatcher.
///
/// Everything it knows is soft. Items announce themselves when they queue, stage actors when they
/// start; after a restart both are asked to do so again. It owns no truth, so forgetting is safe:
/// the item refuses a second lease.
public final class Dispatcher {
  /// What the dispatcher can be told.
  public sealed interface Command {}

  /// An item waits for a slot, or will from `notBefore` on; said again, it changes nothing.
  public record Ready(Ticket ticket) implements Command {}

  /// An item no longer waits for a slot.
  public record Withdraw(ItemId item) implements Command {}

  /// A stage actor is there, can run so many attempts at once, and runs these.
  public record Register(
      Stage stage, int capacity, Set<ItemId> busy, ActorRef<StageActor.Command> actor)
      implements Command {}

  /// An attempt is over and its slot is free.
  public record Freed(Stage stage, ItemId item) implements Command {}

  /// Take nothing new for these.
  public record SetPauses(Pauses pauses, ActorRef<Overview> replyTo) implements Command {}

  /// How does the line stand?
  public record Look(ActorRef<Overview> replyTo) implements Command {}

  /// Which of these items are unknown here and have to announce themselves?
  public record Missing(Set<ItemId> items, ActorRef<Set<ItemId>> replyTo) implements Command {}

  private record Due() implements Command {}

  private record Loaded(Pauses pauses) implements Command {}

  private final ActorContext<Command> context;
  private final TimerScheduler<Command> timers;
  private final Clock clock;
  private final WaitingRoom room = new WaitingRoom();
  private final Map<Stage, Desk> desks = new HashMap<>();
  private final Map<ItemId, Stage> running = new HashMap<>();
  private Pauses pauses = Pauses.EVERYTHING;

  /// A registered stage actor and its free slots.
  private record Desk(ActorRef<StageActor.Command> actor, int capacity, Set<ItemId> busy) {
    boolean hasRoom() {
      return busy.size() < capacity;
    }
  }

  private Dispatcher(ActorContext<Command> context, TimerScheduler<Command> timers, Clock clock) {
    this.context = context;
    this.timers = timers;
    this.clock = clock;
  }

  /// A dispatcher that hands out nothing until it knows what is paused.
  ///
  /// @param stored reads what was paused before this process started; nothing runs before it
  ///   answers
  public static Behavior<Command> create(Clock clock, Supplier<CompletionStage<Pauses>> stored) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers -> {
          context.pipeToSelf(
              stored.get(), (pauses, failure) -> new Loaded(pausesOr(pauses, failure)));
          return new Dispatcher(context, timers, clock).working();
        }));
  }

  private static Pauses pausesOr(@Nullable Pauses pauses, @Nullable Throwable failure) {
    if (pauses == null) {
      throw new IllegalStateException("what is paused could not be read", failure);
    }
    return pauses;
  }

  private Behavior<Command> working() {
    return BehaviorBuilder.<Command>create()
        .onAnyMessage(message -> {
          take(message);
          return Behaviors.same();
        })
        .onSignal(
            Terminated.class,
            terminated -> {
              forget(terminated.getRef());
              return Behaviors.same();
            })
        .build();
  }

  private void take(Command message) {
    switch (message) {
      case Ready(var ticket) -> ready(ticket);
      case Withdraw(var item) -> room.remove(item);
      case Register register -> register(register);
      case Freed(var stage, var item) -> freed(stage, item);
      case Loaded(var loaded) -> pause(loaded);
      case SetPauses(var wanted, var replyTo) -> {
        pause(wanted);
        replyTo.tell(overview());
      }
      case Look(var replyTo) -> replyTo.tell(overview());
      case Missing(var items, var replyTo) -> replyTo.tell(missing(items));
      case Due _ -> {
        room.due(clock.instant()).forEach(this::grant);
        wakeForNext();
      }
    }
  }

  private void pause(Pauses wanted) {
    pauses = wanted;
    for (var stage : Stage.values()) {
      grant(stage);
    }
  }

  private void ready(Ticket ticket) {
    if (running.get(ticket.item()) == ticket.stage()) {
      // Told again while its attempt still winds up: it has to wait for that slot to be freed.
      room.park(ticket);
      return;
    }
    room.add(ticket, clock.instant());
    grant(ticket.stage());
    wakeForNext();
  }

  private void register(Register message) {
    var stage = message.stage();
    var known = desks.get(stage);
    if (known == null || !known.actor().equals(message.actor())) {
      desks.put(
          stage, new Desk(message.actor(), message.capacity(), new HashSet<>(message.busy())));
      message.busy().forEach(item -> running.put(item, stage));
      context.watch(message.actor());
    }
    grant(stage);
  }

  private void freed(Stage stage, ItemId item) {
    running.remove(item, stage);
    var desk = desks.get(stage);
    if (desk != null) {
      desk.busy().remove(item);
    }
    room.unpark(item).ifPresent(this::ready);
    grant(stage);
  }

  private void forget(ActorRef<?> actor) {
    desks.values().stream()
        .filter(desk -> desk.actor().equals(actor))
        .forEach(desk -> running.keySet().removeAll(desk.busy()));
    desks.values().removeIf(desk -> desk.actor().equals(actor));
  }

  private void grant(Stage stage) {
    var desk = desks.get(stage);
    while (desk != null && desk.hasRoom() && !pauses.paused(stage)) {
      var next = room.next(stage, repo -> !pauses.paused(repo));
      if (next.isEmpty()) {
        return;
      }
      var item = next.get().item();
      desk.busy().add(item);
      running.put(item, stage);
      desk.actor().tell(new StageActor.Run(item));
    }
  }

  private void wakeForNext() {
    room.earliest()
        .ifPresent(instant -> {
          var wait = Duration.between(clock.instant(), instant);
          timers.startSingleTimer(new Due(), wait.isNegative() ? Duration.ZERO : wait);
        });
  }

  private Set<ItemId> missing(Set<ItemId> items) {
    var unknown = new HashSet<>(items);
    unknown.removeAll(running.keySet());
    unknown.removeIf(room::knows);
    return unknown;
  }

  private Overview overview() {
    var loads =
        java.util.Arrays.stream(Stage.values())
            .map(stage -> {
              var desk = desks.get(stage);
              return new LineControl.StageLoad(
                  stage,
                  desk == null ? 0 : desk.capacity(),
                  desk == null ? 0 : desk.busy().size(),
                  room.size(stage),
                  pauses.paused(stage));
            })
            .toList();
    return new Overview(loads, pauses.repos().stream().sorted().toList());
  }
}

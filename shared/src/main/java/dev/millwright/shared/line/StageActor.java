package dev.millwright.shared.line;

import dev.millwright.shared.workitem.ItemId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.BehaviorBuilder;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One stage on one node: starts an `Attempt` for every slot the dispatcher grants and says when
/// the slot is free again.
///
/// A crash of an attempt ends here: the item is woken, sees that nobody holds its lease, and queues
/// again. This actor itself keeps only what it can count again.
public final class StageActor {
  private static final Logger LOG = LoggerFactory.getLogger(StageActor.class);
  private static final Duration REGISTER_EVERY = Duration.ofSeconds(3);

  /// What a stage actor can be told.
  public sealed interface Command {}

  /// A slot is granted: run the stage on this item.
  public record Run(ItemId item) implements Command {}

  private record RegisterAgain() implements Command {}

  private final ActorContext<Command> context;
  private final Attempt.Setup setup;
  private final IntSupplier capacity;
  private final ActorRef<Dispatcher.Command> dispatcher;
  private final Map<ActorRef<?>, ItemId> attempts = new HashMap<>();

  private StageActor(
      ActorContext<Command> context,
      Attempt.Setup setup,
      IntSupplier capacity,
      ActorRef<Dispatcher.Command> dispatcher) {
    this.context = context;
    this.setup = setup;
    this.capacity = capacity;
    this.dispatcher = dispatcher;
  }

  public static Behavior<Command> create(
      Attempt.Setup setup, IntSupplier capacity, ActorRef<Dispatcher.Command> dispatcher) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers -> {
          timers.startTimerWithFixedDelay(new RegisterAgain(), Duration.ZERO, REGISTER_EVERY);
          return new StageActor(context, setup, capacity, dispatcher).working();
        }));
  }

  private Behavior<Command> working() {
    return BehaviorBuilder.<Command>create()
        .onAnyMessage(message -> {
          switch (message) {
            case Run(var item) -> run(item);
            case RegisterAgain _ -> register();
          }
          return Behaviors.same();
        })
        .onSignal(ChildFailed.class, failed -> crashed(failed.getRef(), failed.getCause()))
        .onSignal(Terminated.class, terminated -> over(terminated.getRef()))
        .build();
  }

  private void run(ItemId item) {
    var attempt = context.spawnAnonymous(Attempt.create(item, setup));
    attempts.put(attempt, item);
    context.watch(attempt);
  }

  private void register() {
    dispatcher.tell(
        new Dispatcher.Register(
            setup.code().stage(),
            capacity.getAsInt(),
            Set.copyOf(attempts.values()),
            context.getSelf()));
  }

  private Behavior<Command> crashed(ActorRef<?> attempt, Throwable cause) {
    var item = attempts.get(attempt);
    if (item != null) {
      LOG.warn(
          "event=AttemptCrashed workItem={} stage={} cause=\"{}\"",
          item,
          setup.code().stage().wire(),
          cause.toString());
      setup.items().wake(item);
    }
    return over(attempt);
  }

  private Behavior<Command> over(ActorRef<?> attempt) {
    var item = attempts.remove(attempt);
    if (item != null) {
      dispatcher.tell(new Dispatcher.Freed(setup.code().stage(), item));
    }
    return Behaviors.same();
  }
}

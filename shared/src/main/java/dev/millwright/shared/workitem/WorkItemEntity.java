package dev.millwright.shared.workitem;

import dev.millwright.shared.journal.Entry;
import dev.millwright.shared.workitem.WorkItemState.Blank;
import dev.millwright.shared.workitem.WorkItemState.Known;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.BackoffSupervisorStrategy;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandlerWithReply;
import org.apache.pekko.persistence.typed.javadsl.EffectBuilder;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.apache.pekko.persistence.typed.javadsl.SignalHandlerBuilder;
import org.slf4j.event.Level;

/// One piece of work and its journey, as a sharded, event-sourced actor.
///
/// Truth is in the journal; this actor may die at any time. It thinks with `WorkItem`, remembers
/// with `Evolution`, and tells `Bystanders` what others need to know, after the journal has it.
public final class WorkItemEntity
    extends EventSourcedBehaviorWithEnforcedReplies<
        WorkItemEntity.Command, Entry, WorkItemEntity.Chained> {
  public static final EntityTypeKey<Command> TYPE = EntityTypeKey.create(Command.class, "item");

  private static final int FAILURES_WORTH_A_LINE = 20;

  /// A journal that is away is said once, by who reads it, not by every item.
  private static final BackoffSupervisorStrategy RESTART =
      SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(10), 0.2)
          .withLogLevel(Level.DEBUG)
          .withCriticalLogLevel(Level.ERROR, FAILURES_WORTH_A_LINE);

  /// What an item can be told.
  public sealed interface Command {}

  /// Decide this, and answer when the journal has it.
  public record Handle(WorkItemCommand command, ActorRef<Reply> replyTo) implements Command {}

  /// Say how you stand.
  public record Get(ActorRef<Optional<Known>> replyTo) implements Command {}

  /// Look at the clock, and make sure that the line knows about you; needs no answer.
  public record Wake() implements Command {}

  /// Is this lease still yours?
  public record Beat(Lease lease, ActorRef<Pulse> replyTo) implements Command {}

  /// The answer to a command.
  ///
  /// @param verdict what the rules said
  /// @param state how the item stands after it
  public record Reply(Verdict verdict, WorkItemState state) {}

  /// The answer to a beat.
  ///
  /// @param ours whether the lease still counts
  /// @param unheard what people said under it that the agent has not heard, oldest first
  public record Pulse(boolean ours, List<Context.Decided> unheard) {
    public Pulse {
      unheard = List.copyOf(unheard);
    }
  }

  /// An item's state and the hash of its latest entry.
  @SuppressWarnings("ArrayRecordComponent") // Held by the entity and never compared.
  public record Chained(WorkItemState state, byte[] hash) {}

  /// What all items of a node have in common, once, so that an active item stays small.
  private record Common(
      Supplier<Limits> limits,
      Bystanders bystanders,
      Clock clock,
      SignalHandler<Chained> onRecovery) {}

  private final Common common;

  private WorkItemEntity(String id, Common common) {
    super(PersistenceId.of(TYPE.name(), id), RESTART);
    this.common = common;
  }

  /// Makes items by their id, on the node that their shard is on.
  ///
  /// @param limits asked anew for each command, so that a reload counts from the next one on
  public static Function<String, Behavior<Command>> of(
      Supplier<Limits> limits, Bystanders bystanders, Clock clock) {
    var onRecovery =
        SignalHandlerBuilder.<Chained>builder()
            .onSignal(
                RecoveryCompleted.instance(),
                chained -> chained.state().known().ifPresent(bystanders::recovered))
            .build();
    var common = new Common(limits, bystanders, clock, onRecovery);
    return id -> Behaviors.setup(_ -> new WorkItemEntity(id, common));
  }

  @Override
  public Chained emptyState() {
    return new Chained(new Blank(), Entry.start());
  }

  @Override
  public CommandHandlerWithReply<Command, Entry, Chained> commandHandler() {
    return (chained, message) ->
        switch (message) {
          case Handle(var command, var replyTo) -> handle(chained, command, replyTo);
          case Get(var replyTo) -> Effect().reply(replyTo, chained.state().known());
          case Beat(var lease, var replyTo) -> Effect().reply(replyTo, pulse(chained, lease));
          case Wake _ -> wake(chained);
        };
  }

  @Override
  public EventHandler<Chained, Entry> eventHandler() {
    return (chained, entry) ->
        new Chained(Evolution.evolve(chained.state(), entry.event()), entry.hash());
  }

  @Override
  public SignalHandler<Chained> signalHandler() {
    return common.onRecovery();
  }

  private ReplyEffect<Entry, Chained> handle(
      Chained chained, WorkItemCommand command, ActorRef<Reply> replyTo) {
    var verdict = decide(chained, command);
    var entries = chain(chained.hash(), eventsOf(verdict));
    if (entries.isEmpty()) {
      return Effect().reply(replyTo, new Reply(verdict, chained.state()));
    }
    return recorded(chained, entries).thenReply(replyTo, now -> new Reply(verdict, now.state()));
  }

  private Verdict decide(Chained chained, WorkItemCommand command) {
    return new WorkItem(common.limits().get()).decide(chained.state(), command);
  }

  /// Announces the item again, so that a dispatcher that starts anew learns of it; what runs under
  /// a lease whose holder is gone is taken back first.
  private ReplyEffect<Entry, Chained> wake(Chained chained) {
    var now = common.clock().instant();
    var command =
        switch (chained.state()) {
          case WorkItemState.Running(_, _, var lease) when !common.bystanders().isAlive(lease) ->
              new WorkItemCommand.Lose(lease, "its process is gone", now);
          default -> new WorkItemCommand.Wake(now);
        };
    var entries = chain(chained.hash(), eventsOf(decide(chained, command)));
    if (entries.isEmpty()) {
      chained.state().known().ifPresent(common.bystanders()::recovered);
      return Effect().noReply();
    }
    return recorded(chained, entries).thenNoReply();
  }

  /// Writes, and only then tells the bystanders.
  private EffectBuilder<Entry, Chained> recorded(Chained before, List<Entry> entries) {
    return Effect()
        .persist(entries)
        .thenRun((Chained now) ->
            now.state().known().ifPresent(item -> common.bystanders().moved(before.state(), item)));
  }

  private static Pulse pulse(Chained chained, Lease lease) {
    return chained.state() instanceof WorkItemState.Running(var dossier, _, var current)
            && current.equals(lease)
        ? new Pulse(true, dossier.unheard(lease))
        : new Pulse(false, List.of());
  }

  private static List<WorkItemEvent> eventsOf(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Accept(var events) -> events;
      case Verdict.Refusal(_, _, var recorded) -> recorded;
      case Verdict.AlreadyDone _ -> List.of();
    };
  }

  private static List<Entry> chain(byte[] hash, List<WorkItemEvent> events) {
    var entries = new java.util.ArrayList<Entry>(events.size());
    for (var event : events) {
      entries.add(Entry.of(entries.isEmpty() ? hash : entries.getLast().hash(), event));
    }
    return entries;
  }
}

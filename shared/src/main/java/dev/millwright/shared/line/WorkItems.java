package dev.millwright.shared.line;

import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.workitem.Decision;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Items;
import dev.millwright.shared.workitem.Lease;
import dev.millwright.shared.workitem.Next;
import dev.millwright.shared.workitem.Verdict;
import dev.millwright.shared.workitem.WorkItemCommand;
import dev.millwright.shared.workitem.WorkItemEntity;
import dev.millwright.shared.workitem.WorkItemEntity.Pulse;
import dev.millwright.shared.workitem.WorkItemEntity.Reply;
import dev.millwright.shared.workitem.WorkItemEvent.SignalReceived;
import dev.millwright.shared.workitem.WorkItemState.Known;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;

/// The items behind their shard region, for the line and for everybody outside.
///
/// Signals are admitted up to a limit: beyond it callers are told to come again, long before the
/// journal's own buffer would overflow and take unrelated items down with it.
public final class WorkItems implements Items, ItemLink {
  private static final Duration ASK = Duration.ofSeconds(15);

  private final ClusterSharding sharding;
  private final Clock clock;
  private final Semaphore admission;
  private final BooleanSupplier cutOff;

  /// @param cutOff whether the journal is known to be out of reach, so that nobody need wait for it
  public WorkItems(
      ClusterSharding sharding, Clock clock, int mostSignalsAtOnce, BooleanSupplier cutOff) {
    this.sharding = sharding;
    this.clock = clock;
    this.admission = new Semaphore(mostSignalsAtOnce);
    this.cutOff = cutOff;
  }

  @Override
  public CompletionStage<Received> receive(Signal signal) {
    if (cutOff.getAsBoolean()) {
      return CompletableFuture.failedFuture(away());
    }
    if (!admission.tryAcquire()) {
      return CompletableFuture.failedFuture(
          new Overloaded("too many signals at once; try again in a moment"));
    }
    return CompletableFuture.completedFuture(signal)
        .thenCompose(this::raise)
        .whenComplete((_, _) -> admission.release());
  }

  /// Brings a signal the line itself raised. It is never turned away: there are at most as many of
  /// them as slots, and an attempt must not fail because the outside is busy.
  public CompletionStage<Received> raise(Signal signal) {
    return receive(ItemId.of(signal.key()), signal)
        .thenCompose(reply ->
            reply.verdict() instanceof Verdict.Refusal
                ? receive(ItemId.distinct(signal.key()), signal)
                : CompletableFuture.completedFuture(reply))
        .thenApply(WorkItems::received);
  }

  @Override
  public CompletionStage<Optional<Known>> get(ItemId id) {
    return entity(id).ask(WorkItemEntity.Get::new, ASK);
  }

  @Override
  public CompletionStage<Decided> decide(ItemId id, Decision decision) {
    if (cutOff.getAsBoolean()) {
      return CompletableFuture.failedFuture(away());
    }
    return handle(id, new WorkItemCommand.Decide(decision, clock.instant()))
        .thenApply(reply ->
            switch (reply.verdict()) {
              case Verdict.Refusal(var reason, var message, _) ->
                  new Decided.Refused(reason, message);
              case Verdict.Accept _, Verdict.AlreadyDone _ -> new Decided.Done(known(reply));
            });
  }

  @Override
  public CompletionStage<Reply> handle(ItemId item, WorkItemCommand command) {
    return entity(item).ask(replyTo -> new WorkItemEntity.Handle(command, replyTo), ASK);
  }

  @Override
  public CompletionStage<Pulse> beat(ItemId item, Lease lease) {
    return entity(item).ask(replyTo -> new WorkItemEntity.Beat(lease, replyTo), ASK);
  }

  @Override
  public void wake(ItemId item) {
    entity(item).tell(new WorkItemEntity.Wake());
  }

  private static Overloaded away() {
    return new Overloaded("the journal's database does not answer");
  }

  private CompletionStage<Reply> receive(ItemId id, Signal signal) {
    return handle(id, new WorkItemCommand.Receive(id, signal, clock.instant()));
  }

  private static Received received(Reply reply) {
    var moved =
        reply.verdict() instanceof Verdict.Accept(var events)
            && events.getFirst() instanceof SignalReceived(_, _, var next, _)
            && !(next instanceof Next.Stay);
    return new Received(known(reply).dossier().id(), !moved);
  }

  private static Known known(Reply reply) {
    return reply
        .state()
        .known()
        .orElseThrow(() -> new IllegalStateException("an item that answers exists"));
  }

  private EntityRef<WorkItemEntity.Command> entity(ItemId id) {
    return sharding.entityRefFor(WorkItemEntity.TYPE, id.value());
  }
}

package dev.millwright.shared.line;

import dev.millwright.shared.journal.Artifacts;
import dev.millwright.shared.journal.Transcripts;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.workitem.FailureKind;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Lease;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.StageResult;
import dev.millwright.shared.workitem.WorkItemCommand;
import dev.millwright.shared.workitem.WorkItemEntity.Pulse;
import dev.millwright.shared.workitem.WorkItemEntity.Reply;
import dev.millwright.shared.workitem.WorkItemState.Running;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.BehaviorBuilder;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One run of one stage on one item: takes the lease, runs the stage's code on a virtual thread,
/// hands in the outcome, and ends.
///
/// The order is claim, act, record. When the lease is no longer the item's (cancelled, taken back),
/// the code is interrupted and its outcome is dropped. Whatever goes wrong here, the item queues
/// again by itself.
public final class Attempt {
  private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);
  private static final Duration LEAST = Duration.ofSeconds(10);
  private static final Duration FIRST_HAND_IN_AGAIN = Duration.ofMillis(200);
  private static final Duration LAST_HAND_IN_AGAIN = Duration.ofSeconds(10);
  private static final Duration INTERRUPT_AGAIN = Duration.ofSeconds(30);

  /// What every attempt of a stage needs.
  ///
  /// @param raise brings a follow-up signal to its item; completes when that is durable
  public record Setup(
      StageCode code,
      ItemLink items,
      LocalAttempts local,
      Keeping keeping,
      Timing timing,
      Function<Signal, CompletionStage<?>> raise) {}

  /// Where an attempt's words and large results go.
  public record Keeping(Artifacts artifacts, Transcripts transcripts, Activity activity) {
    public Keeping(Artifacts artifacts, Transcripts transcripts) {
      this(artifacts, transcripts, new Activity());
    }
  }

  /// The clock, how long an item's attempts may take together before the code is interrupted, and
  /// how often it asks whether it still counts.
  public record Timing(Clock clock, Supplier<Duration> limit, Duration beat) {
    /// What is left for an attempt after those before it; never so little that it cannot begin.
    Duration left(Duration spent) {
      var left = limit.get().minus(spent);
      return left.compareTo(LEAST) < 0 ? LEAST : left;
    }
  }

  /// What an attempt tells itself.
  public sealed interface Command {}

  private record Began(@Nullable Reply reply, @Nullable Throwable failure) implements Command {}

  private record Done(StageResult result) implements Command {}

  private record Recorded(@Nullable Reply reply, @Nullable Throwable failure) implements Command {}

  private record HandInAgain() implements Command {}

  private record BeatNow() implements Command {}

  private record Beaten(@Nullable Pulse pulse) implements Command {}

  private record TimeIsUp(Duration after) implements Command {}

  private final ActorContext<Command> context;
  private final TimerScheduler<Command> timers;
  private final ItemId item;
  private final Setup setup;

  private Attempt(
      ActorContext<Command> context, TimerScheduler<Command> timers, ItemId item, Setup setup) {
    this.context = context;
    this.timers = timers;
    this.item = item;
    this.setup = setup;
  }

  public static Behavior<Command> create(ItemId item, Setup setup) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers -> new Attempt(context, timers, item, setup).claiming()));
  }

  private Behavior<Command> claiming() {
    var begin =
        new WorkItemCommand.Begin(
            setup.code().stage(), setup.local().holder(), setup.timing().clock().instant());
    context.pipeToSelf(setup.items().handle(item, begin), Began::new);
    return BehaviorBuilder.<Command>create()
        .onMessage(Began.class, began -> began(began.reply(), began.failure()))
        .build();
  }

  private Behavior<Command> began(@Nullable Reply reply, @Nullable Throwable failure) {
    if (failure != null || reply == null) {
      throw new IllegalStateException("the item did not answer", failure);
    }
    if (!(reply.verdict() instanceof dev.millwright.shared.workitem.Verdict.Accept)
        || !(reply.state() instanceof Running running)) {
      return Behaviors.stopped();
    }
    setup.local().started(item, running.lease());
    LOG.debug(
        "event=AttemptStarted workItem={} stage={} generation={}",
        item,
        running.stage().wire(),
        running.lease().generation());
    var work = new Workplace(item, running, setup);
    var outcome = new CompletableFuture<StageResult>();
    var thread =
        Thread.ofVirtual()
            .name(running.stage().wire() + "-" + item)
            .start(() -> outcome.complete(run(work)));
    context.pipeToSelf(outcome, (result, _) -> new Done(result));
    var left = setup.timing().left(running.dossier().counters().spent().time());
    timers.startSingleTimer(new TimeIsUp(left), left);
    timers.startTimerWithFixedDelay(new BeatNow(), setup.timing().beat());
    return acting(work, thread, null);
  }

  /// @param instead what to hand in when the code was interrupted, whatever it says then
  private Behavior<Command> acting(Workplace work, Thread thread, @Nullable StageResult instead) {
    var lease = work.lease();
    return BehaviorBuilder.<Command>create()
        .onMessage(
            Done.class,
            done -> {
              timers.cancelAll();
              return handingIn(
                  lease, instead == null ? done.result() : instead, FIRST_HAND_IN_AGAIN);
            })
        .onMessage(
            BeatNow.class,
            _ -> {
              context.pipeToSelf(setup.items().beat(item, lease), (pulse, _) -> new Beaten(pulse));
              return Behaviors.same();
            })
        .onMessage(
            Beaten.class,
            beaten -> {
              // Without an answer it is taken to be ours: whether it is, the next one tells.
              if (beaten.pulse() instanceof Pulse(var ours, var unheard)) {
                work.hear(unheard);
                if (!ours) {
                  thread.interrupt();
                  // Interrupted again at once, it could not tidy up behind itself.
                  timers.startTimerWithFixedDelay(new BeatNow(), INTERRUPT_AGAIN);
                }
              }
              return Behaviors.same();
            })
        .onMessage(
            TimeIsUp.class,
            time -> {
              thread.interrupt();
              return acting(work, thread, outOfTime(time.after()));
            })
        .onSignal(
            PostStop.class,
            _ -> {
              thread.interrupt();
              setup.local().over(item, lease);
              return Behaviors.same();
            })
        .build();
  }

  private Behavior<Command> handingIn(Lease lease, StageResult result, Duration wait) {
    var end = new WorkItemCommand.End(lease, result, setup.timing().clock().instant());
    context.pipeToSelf(setup.items().handle(item, end), Recorded::new);
    return BehaviorBuilder.<Command>create()
        .onMessage(
            Recorded.class,
            recorded -> {
              if (recorded.failure() == null) {
                return Behaviors.stopped();
              }
              timers.startSingleTimer(new HandInAgain(), wait);
              return Behaviors.same();
            })
        .onMessage(
            HandInAgain.class,
            _ -> {
              var longer = wait.multipliedBy(2);
              return handingIn(
                  lease,
                  result,
                  longer.compareTo(LAST_HAND_IN_AGAIN) < 0 ? longer : LAST_HAND_IN_AGAIN);
            })
        .onMessage(BeatNow.class, _ -> Behaviors.same())
        .onMessage(Beaten.class, _ -> Behaviors.same())
        .onMessage(TimeIsUp.class, _ -> Behaviors.same())
        .onSignal(
            PostStop.class,
            _ -> {
              setup.local().over(item, lease);
              return Behaviors.same();
            })
        .build();
  }

  /// Runs on the attempt's own virtual thread; never throws.
  private StageResult run(Workplace work) {
    try {
      var result = setup.code().run(work);
      for (var signal : result.raised()) {
        work.raise(signal);
      }
      return result;
    } catch (InterruptedException e) {
      return retry(FailureKind.STALL, "it was interrupted");
    } catch (Throwable bug) {
      LOG.error(
          "event=StageCodeFailed workItem={} stage={}", item, setup.code().stage().wire(), bug);
      return retry(FailureKind.CRASH, setup.code().stage().wire() + " crashed: " + bug);
    }
  }

  private static StageResult outOfTime(Duration limit) {
    return retry(
        FailureKind.TIMEOUT,
        "it took longer than " + limit.toString().substring(2).toLowerCase(java.util.Locale.ROOT));
  }

  private static StageResult retry(FailureKind kind, String reason) {
    return StageResult.of(new Outcome.Retry(kind, reason, Duration.ZERO));
  }
}

package dev.millwright.triage.actor;

import dev.millwright.triage.port.Board.Fault;
import dev.millwright.triage.port.Boards;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says when one board is looked at: the cluster's only one for it.
///
/// The look itself is plain code on a virtual thread. What it leaves behind is kept here and may be
/// lost at any time; truth is in the ledger and in the items.
public final class BoardPoller {
  private static final Logger LOG = LoggerFactory.getLogger(BoardPoller.class);
  private static final Duration AT_LEAST_APART = Duration.ofSeconds(1);
  private static final Duration WITHOUT_SETTINGS = Duration.ofSeconds(30);

  /// What a poller can be told.
  public sealed interface Command {}

  /// Look again soon.
  public record Refresh(ActorRef<Boards.Refresh> replyTo) implements Command {}

  /// How does the board stand?
  public record Ask(ActorRef<Boards.Standing> replyTo) implements Command {}

  /// The settings have changed: look again soon, and by the new ones.
  public record Reload() implements Command {}

  private record Due() implements Command {}

  private record Looked(Look.Result result) implements Command {}

  private record Failed(Throwable why) implements Command {}

  /// How the board stands between two looks.
  ///
  /// @param last what the last look left behind
  /// @param failures looks in a row that failed
  /// @param leaveAlone until when its provider wants to be left alone
  private record Standing(
      Look.Result last,
      @Nullable Instant beganAt,
      @Nullable Instant lastAt,
      @Nullable Instant nextAt,
      int failures,
      @Nullable Instant leaveAlone) {
    static final Standing FIRST =
        new Standing(Look.Result.blind(Notes.NONE, null, null), null, null, null, 0, null);

    /// A look begins.
    Standing begun(Instant at) {
      return new Standing(last, at, lastAt, null, failures, leaveAlone);
    }

    Standing next(Instant at) {
      return new Standing(last, beganAt, lastAt, at, failures, leaveAlone);
    }
  }

  private final ActorContext<Command> context;
  private final TimerScheduler<Command> timers;
  private final Ground ground;
  private final String name;
  private final Executor blocking;
  private final Clock clock;

  private BoardPoller(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Ground ground,
      String name,
      Executor blocking) {
    this.context = context;
    this.timers = timers;
    this.ground = ground;
    this.name = name;
    this.blocking = blocking;
    this.clock = ground.clock();
  }

  /// A poller that looks at once.
  ///
  /// @param blocking runs the looks
  public static Behavior<Command> create(Ground ground, String name, Executor blocking) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers -> {
          var poller = new BoardPoller(context, timers, ground, name, blocking);
          return poller.look(Standing.FIRST);
        }));
  }

  private Behavior<Command> resting(Standing now) {
    return Behaviors.receiveMessage(message ->
        switch (message) {
          case Due _ -> look(now);
          case Reload _ -> resting(sooner(now));
          case Refresh(var replyTo) -> {
            var soon = sooner(now);
            replyTo.tell(
                new Boards.Refresh(Objects.equals(soon.nextAt(), now.nextAt()), clock.instant()));
            yield resting(soon);
          }
          case Ask(var replyTo) -> answer(replyTo, now, false);
          case Looked _, Failed _ -> Behaviors.same();
        });
  }

  /// @param again whether somebody asked for a look since this one began
  private Behavior<Command> looking(Standing now, boolean again) {
    return Behaviors.receiveMessage(message ->
        switch (message) {
          case Looked(var result) -> looked(now, result, again);
          case Failed(var why) -> looked(now, failed(now, why), again);
          case Reload _ -> looking(now, true);
          case Refresh(var replyTo) -> {
            replyTo.tell(new Boards.Refresh(true, clock.instant()));
            yield looking(now, true);
          }
          case Ask(var replyTo) -> answer(replyTo, now, true);
          case Due _ -> Behaviors.same();
        });
  }

  private Behavior<Command> answer(
      ActorRef<Boards.Standing> replyTo, Standing now, boolean checking) {
    var last = now.last();
    var settings = last.settings();
    replyTo.tell(
        new Boards.Standing(
            name,
            settings == null ? "" : settings.kind(),
            settings == null ? null : settings.repo(),
            checking,
            now.lastAt(),
            checking ? null : now.nextAt(),
            last.fault(),
            last.stock(),
            last.unreadable(),
            last.reach()));
    return Behaviors.same();
  }

  private Behavior<Command> look(Standing now) {
    timers.cancel(name);
    context.pipeToSelf(
        CompletableFuture.supplyAsync(() -> Look.at(ground, name, now.last().notes()), blocking),
        (result, failure) -> result == null ? new Failed(failure) : new Looked(result));
    return looking(now.begun(clock.instant()), false);
  }

  /// The factory itself could not do its part; said as any other fault, the log has the rest.
  private Look.Result failed(Standing now, Throwable why) {
    LOG.warn("event=LookFailed board={}", name, why);
    var cause = why.getCause() == null ? why : why.getCause();
    var fault =
        new Fault(
            Fault.Category.REQUEST,
            "factory_not_ready",
            "the factory could not take in what it read: " + cause.getClass().getSimpleName(),
            null);
    var last = now.last();
    return new Look.Result(
        last.notes(), last.settings(), fault, last.stock(), last.unreadable(), last.reach());
  }

  private Behavior<Command> looked(Standing before, Look.Result result, boolean again) {
    var fault = result.fault();
    var at = clock.instant();
    if (fault != null && !fault.equals(before.last().fault())) {
      LOG.warn(
          "event=BoardFault board={} category={} code={} retryAfter={} cause=\"{}\"",
          name,
          fault.category(),
          fault.code(),
          fault.retryAfter(),
          fault.reason());
    } else if (fault == null && before.last().fault() != null) {
      LOG.info("event=BoardBack board={}", name);
    }
    var failures = fault == null || isOurs(fault) ? 0 : before.failures() + 1;
    var settings = result.settings();
    var every = settings == null ? WITHOUT_SETTINGS : settings.pace().every();
    var asked = fault == null ? null : fault.retryAfter();
    var rest = Backoff.after(every, failures, asked, Math.random());
    var standing =
        new Standing(
            result,
            before.beganAt(),
            fault == null ? at : before.lastAt(),
            null,
            failures,
            asked == null ? null : at.plus(rest));
    var next = scheduled(standing, at.plus(rest));
    return resting(again ? sooner(next) : next);
  }

  /// What an operator has to mend costs the provider nothing, and is noticed soon when it is.
  private static boolean isOurs(Fault fault) {
    return switch (fault.category()) {
      case CONFIG, SECRET -> true;
      case REQUEST, STATUS, RESPONSE, PAGINATION, RATE_LIMITED -> false;
    };
  }

  /// As soon as may be: not while the provider wants to be left alone, and not at once after a
  /// look. What is due sooner already stays as it is.
  private Standing sooner(Standing now) {
    var at = clock.instant();
    var earliest = later(now.beganAt() == null ? at : now.beganAt().plus(AT_LEAST_APART), at);
    var soon = now.leaveAlone() == null ? earliest : later(earliest, now.leaveAlone());
    return now.nextAt() != null && !now.nextAt().isAfter(soon) ? now : scheduled(now, soon);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /// Replaces whatever was due before.
  private Standing scheduled(Standing now, Instant next) {
    var rest = Duration.between(clock.instant(), next);
    timers.startSingleTimer(name, new Due(), rest.isNegative() ? Duration.ZERO : rest);
    return now.next(next);
  }
}

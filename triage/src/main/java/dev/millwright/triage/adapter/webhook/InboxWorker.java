package dev.millwright.triage.adapter.webhook;

import dev.millwright.shared.http.ApiException;
import dev.millwright.shared.http.Excerpt;
import dev.millwright.shared.journal.DatabaseAway;
import dev.millwright.shared.workitem.Items;
import dev.millwright.triage.adapter.webhook.Clerk.Result;
import dev.millwright.triage.adapter.webhook.Delivery.Standing;
import dev.millwright.triage.adapter.webhook.Delivery.Status;
import dev.millwright.triage.adapter.webhook.Delivery.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at every delivery that was kept, in the order they came, until something came of it.
///
/// Plain sequential code on its own virtual thread. It may die at any line: what was not settled is
/// looked at again, which does no harm. What fails again and again is given up, kept, and can be
/// replayed; that the journal has no room now is nobody's failure.
public final class InboxWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(InboxWorker.class);
  private static final int PAGE = 50;
  private static final int MOST_ATTEMPTS = 8;
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(10);
  private static final Duration TIDY = Duration.ofHours(1);
  private static final long MOST_BYTES = 2L << 30;

  private final Inbox inbox;
  private final Judge judge;
  private final Clerk clerk;
  private final Refusals refusals;
  private final Supplier<Duration> keep;
  private final Clock clock;
  private final Semaphore arrived = new Semaphore(0);
  private final Thread thread = Thread.ofVirtual().name("inbox").unstarted(this::run);
  private volatile long waiting;

  InboxWorker(
      Inbox inbox,
      Judge judge,
      Clerk clerk,
      Refusals refusals,
      Supplier<Duration> keep,
      Clock clock) {
    this.inbox = inbox;
    this.judge = judge;
    this.clerk = clerk;
    this.refusals = refusals;
    this.keep = keep;
    this.clock = clock;
  }

  void start() {
    thread.start();
  }

  /// There is something new.
  void look() {
    arrived.release();
  }

  /// About how many wait, as of the last look.
  long waiting() {
    return waiting;
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    var released = false;
    var tidyAt = Instant.MIN;
    while (!Thread.currentThread().isInterrupted()) {
      try {
        var now = clock.instant();
        if (!released) {
          inbox.release(now);
          released = true;
        }
        if (!now.isBefore(tidyAt)) {
          inbox.tidy(now.minus(keep.get()), MOST_BYTES);
          tidyAt = now.plus(TIDY);
        }
        if (!work(now)) {
          var _ = arrived.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
          arrived.drainPermits();
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.warn("event=InboxFailed cause=\"{}\"", e.toString());
        if (!paused()) {
          return;
        }
      }
    }
  }

  /// @return whether there was anything to do
  private boolean work(Instant now) {
    refusals.flush();
    waiting = inbox.waiting();
    var due = inbox.claim(now, PAGE);
    for (var delivery : due) {
      if (Thread.currentThread().isInterrupted()) {
        return true;
      }
      inbox.settle(delivery.id(), worked(delivery));
    }
    return !due.isEmpty();
  }

  private Standing worked(Delivery delivery) {
    var now = clock.instant();
    if (delivery.standing().attempts() > MOST_ATTEMPTS) {
      return Standing.dead(
          now,
          MOST_ATTEMPTS,
          "given up after %d attempts: %s".formatted(MOST_ATTEMPTS, delivery.standing().reason()));
    }
    try {
      var rulings = judge.judge(delivery);
      if (rulings.isEmpty()) {
        return Standing.dead(
            now,
            delivery.standing().attempts(),
            "webhook " + delivery.hook() + " is no longer in the settings");
      }
      return settled(rulings.stream().map(it -> clerk.carryOut(it, now)).toList(), delivery);
    } catch (Items.Overloaded | DatabaseAway e) {
      return delivery
          .standing()
          .later(now.plus(PAUSE), delivery.standing().attempts() - 1, text(e));
    } catch (CompletionException e) {
      // nobody answered in time: the line or its journal is busy
      return delivery
          .standing()
          .later(now.plus(PAUSE), delivery.standing().attempts() - 1, text(e));
    } catch (ApiException e) {
      return Standing.dead(now, delivery.standing().attempts(), text(e));
    } catch (RuntimeException e) {
      LOG.warn("event=DeliveryFailed delivery={} cause=\"{}\"", delivery.id(), e.toString());
      return failed(delivery, now, e);
    }
  }

  private static Standing failed(Delivery delivery, Instant now, RuntimeException e) {
    var attempts = delivery.standing().attempts();
    if (attempts >= MOST_ATTEMPTS) {
      return Standing.dead(
          now, attempts, "given up after %d attempts: %s".formatted(attempts, text(e)));
    }
    var backoff = PAUSE.multipliedBy(1L << Math.min(attempts, 10));
    return delivery
        .standing()
        .later(
            now.plus(backoff.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : backoff),
            attempts,
            text(e));
  }

  /// All that came of it, by the strongest.
  private Standing settled(List<Result> results, Delivery delivery) {
    var strongest = results.stream().max(Comparator.comparing(Result::verdict)).orElseThrow();
    var items = results.stream().flatMap(it -> it.item().stream()).map(Object::toString).distinct();
    return new Standing(
        Status.DONE,
        clock.instant(),
        delivery.standing().attempts(),
        strongest.verdict() == Verdict.NONE ? Verdict.NOTHING : strongest.verdict(),
        strongest.rule(),
        results.stream().map(Result::reason).distinct().collect(Collectors.joining("; ")),
        items.toList(),
        clock.instant());
  }

  private static String text(RuntimeException e) {
    return Excerpt.of(String.valueOf(e.getMessage()), 300);
  }

  private static boolean paused() {
    try {
      Thread.sleep(PAUSE);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }
}

package dev.millwright.shared.line;

import dev.millwright.shared.journal.JournalViews;
import dev.millwright.shared.workitem.ItemId;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes sure that no item is forgotten: wakes every unfinished one after a start, those the
/// dispatcher does not know from time to time, and those whose waiting time is over.
///
/// Plain sequential code on its own virtual thread; all of it may be done again at any time.
public final class Revival implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Revival.class);
  private static final int PAGE = 500;
  private static final Duration ASK = Duration.ofSeconds(10);
  private static final Duration LOOK_AT_THE_CLOCK = Duration.ofMillis(500);
  private static final Duration SWEEP = Duration.ofSeconds(30);

  private final ActorSystem<?> system;
  private final ActorRef<Dispatcher.Command> dispatcher;
  private final WorkItems items;
  private final JournalViews views;
  private final Clock clock;
  private final Thread thread;

  private Revival(
      ActorSystem<?> system,
      ActorRef<Dispatcher.Command> dispatcher,
      WorkItems items,
      JournalViews views,
      Clock clock) {
    this.system = system;
    this.dispatcher = dispatcher;
    this.items = items;
    this.views = views;
    this.clock = clock;
    this.thread = Thread.ofVirtual().name("revival").unstarted(this::run);
  }

  public static Revival start(
      ActorSystem<?> system,
      ActorRef<Dispatcher.Command> dispatcher,
      WorkItems items,
      JournalViews views,
      Clock clock) {
    var revival = new Revival(system, dispatcher, items, views, clock);
    revival.thread.start();
    return revival;
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    var nextSweep = clock.instant();
    while (!Thread.currentThread().isInterrupted()) {
      try {
        if (!clock.instant().isBefore(nextSweep)) {
          sweep();
          nextSweep = clock.instant().plus(SWEEP);
        }
        views.due(clock.instant(), PAGE).forEach(items::wake);
        Thread.sleep(LOOK_AT_THE_CLOCK);
      } catch (InterruptedException e) {
        return;
      } catch (ExecutionException | RuntimeException e) {
        LOG.warn("event=RevivalFailed cause=\"{}\"", e.toString());
        nextSweep = clock.instant().plus(LOOK_AT_THE_CLOCK);
        if (!paused()) {
          return;
        }
      }
    }
  }

  private void sweep() throws InterruptedException, ExecutionException {
    var woken = 0;
    var after = "";
    for (var page = views.unfinished(after, PAGE);
        !page.isEmpty();
        page = views.unfinished(after, PAGE)) {
      woken += wakeMissing(page);
      after = page.getLast().value();
    }
    if (woken > 0) {
      LOG.info("event=ItemsRevived count={}", woken);
    }
  }

  private int wakeMissing(List<ItemId> page) throws InterruptedException, ExecutionException {
    var ids = new HashSet<>(page);
    Set<ItemId> missing =
        AskPattern.<Dispatcher.Command, Set<ItemId>>ask(
                dispatcher,
                replyTo -> new Dispatcher.Missing(ids, replyTo),
                ASK,
                system.scheduler())
            .toCompletableFuture()
            .get();
    missing.forEach(items::wake);
    // Asking each how it stands, after waking it, holds the pace to what the journal can read.
    var answers = missing.stream().map(id -> items.get(id).toCompletableFuture()).toList();
    CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).get();
    return missing.size();
  }

  private static boolean paused() {
    try {
      Thread.sleep(LOOK_AT_THE_CLOCK);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }
}

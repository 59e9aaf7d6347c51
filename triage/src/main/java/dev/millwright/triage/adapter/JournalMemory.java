package dev.millwright.triage.adapter;

import dev.millwright.shared.journal.ItemLists;
import dev.millwright.shared.journal.ItemRow;
import dev.millwright.shared.journal.LiveFeed;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.WorkItemState.Finished;
import dev.millwright.shared.workitem.WorkItemState.Known;
import dev.millwright.shared.workitem.WorkItemState.Result;
import dev.millwright.triage.domain.Alike;
import dev.millwright.triage.domain.Deed;
import dev.millwright.triage.domain.Experience;
import dev.millwright.triage.domain.Splitting;
import dev.millwright.triage.port.Neighbours;
import dev.millwright.triage.port.OtherItems;
import dev.millwright.triage.port.TrackRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What triage remembers of other items, read from the journal's views: all of them once, the
/// newest first, when the process begins, and then each as it changes. Nothing of it has to be
/// kept.
public final class JournalMemory implements Neighbours, TrackRecord, OtherItems, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JournalMemory.class);
  private static final int PAGE = 500;
  private static final int MOST_READ = 100_000;
  private static final Duration REMEMBERED = Duration.ofDays(30);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration AFTER_ERROR = Duration.ofSeconds(1);

  private final ItemLists views;
  private final Function<ItemId, Optional<Known>> items;
  private final Function<Context, String> route;
  private final Clock clock;
  private final LuceneNeighbours index;
  private final Experience experience = new Experience();
  private final Map<ItemId, Entered> entered = new ConcurrentHashMap<>();
  private final LiveFeed.Subscription subscription;
  private final Thread reading;
  private volatile boolean readAll;
  private volatile boolean closed;

  /// What is known of an item, so that only news costs anything.
  private record Entered(Instant receivedAt, long sequence, int words, boolean open) {}

  private JournalMemory(
      ItemLists views,
      LiveFeed feed,
      Function<ItemId, Optional<Known>> items,
      Function<Context, String> route,
      Path folder,
      Clock clock)
      throws IOException {
    this.views = views;
    this.items = items;
    this.route = route;
    this.clock = clock;
    this.index = LuceneNeighbours.open(folder);
    this.subscription = feed.listen(row -> learn(row, experience::learn));
    this.reading = Thread.ofVirtual().name("triage-memory").start(this::readAll);
  }

  /// Reads what there is in the background, and follows.
  ///
  /// @param items one item, read from the views
  /// @param route the repository an item would go to, empty where nothing tells
  /// @param folder for the index; emptied
  public static JournalMemory start(
      ItemLists views,
      LiveFeed feed,
      Function<ItemId, Optional<Known>> items,
      Function<Context, String> route,
      Path folder,
      Clock clock)
      throws IOException {
    return new JournalMemory(views, feed, items, route, folder, clock);
  }

  @Override
  public Experience experience() {
    return experience;
  }

  @Override
  public Optional<Known> of(SignalKey key) {
    return items
        .apply(ItemId.of(key))
        .filter(it -> it.dossier().context().signal().key().equals(key))
        .or(() ->
            items
                .apply(ItemId.distinct(key))
                .filter(it -> it.dossier().context().signal().key().equals(key)));
  }

  @Override
  public List<Alike> of(ItemId item, String repo, String title, String body)
      throws InterruptedException {
    upTo(item);
    var known = entered.get(item);
    return index
        .of(item, repo, known == null ? clock.instant() : known.receivedAt(), title, body)
        .stream()
        .filter(it -> !isLongAgo(it.standing().finishedAt()))
        .toList();
  }

  /// The views take events in the order of the journal: where an item is known, all that were
  /// received before it are. While the first reading goes on, older ones may be missing.
  @Override
  public void upTo(ItemId item) throws InterruptedException {
    var end = System.nanoTime() + PATIENCE.toNanos();
    synchronized (entered) {
      while (!entered.containsKey(item) && System.nanoTime() < end && !closed) {
        TimeUnit.NANOSECONDS.timedWait(entered, Math.max(1, end - System.nanoTime()));
      }
    }
    if (!entered.containsKey(item)) {
      LOG.warn("event=ViewsBehind workItem={} stage=triage", item);
    }
  }

  private void readAll() {
    var read = 0;
    @Nullable String cursor = null;
    do {
      try {
        var page = views.list(new ItemLists.Query(null, null, null, null, null, PAGE, cursor));
        page.rows().forEach(row -> learn(row, experience::learnEarlier));
        read += page.rows().size();
        cursor = page.nextCursor();
      } catch (RuntimeException e) {
        LOG.warn("event=MemoryDelayed items={} cause=\"{}\"", read, e.toString());
        LockSupport.parkNanos(AFTER_ERROR.toNanos());
        continue;
      }
      if (cursor == null || read >= MOST_READ) {
        readAll = true;
        entered.values().removeIf(it -> !it.open());
        LOG.info("event=MemoryRead items={}", read);
      }
    } while (!readAll && !closed);
  }

  /// An item as it stands now; older news than what is known is none.
  private void learn(ItemRow row, Consumer<Deed> came) {
    var item = row.item();
    var id = item.dossier().id();
    var noted = noted(row);
    var now =
        new Entered(
            item.dossier().receivedAt(),
            row.sequence(),
            noted.map(it -> it.hashCode()).orElse(0),
            !(item instanceof Finished));
    synchronized (entered) {
      var before = entered.get(id);
      if (before != null && before.sequence() >= row.sequence()) {
        return;
      }
      try {
        if (before == null || before.words() != now.words()) {
          enter(id, noted);
        }
      } catch (IOException | RuntimeException e) {
        LOG.error("event=MemoryFailed workItem={}", id, e);
      }
      if (before == null || before.open()) {
        deed(row).ifPresent(came);
      }
      if (readAll && !now.open()) {
        entered.remove(id);
      } else {
        entered.put(id, now);
      }
      entered.notifyAll();
    }
  }

  private void enter(ItemId id, Optional<LuceneNeighbours.Noted> noted) throws IOException {
    if (noted.isPresent()) {
      index.note(noted.get());
    } else {
      index.forget(id);
    }
  }

  /// What may be found: what is open, and what landed not long ago.
  private Optional<LuceneNeighbours.Noted> noted(ItemRow row) {
    var item = row.item();
    var landedAt =
        item instanceof Finished(_, _, var result, _) && result == Result.DONE
            ? row.updatedAt()
            : null;
    if (item instanceof Finished && (landedAt == null || isLongAgo(landedAt))) {
      return Optional.empty();
    }
    var context = item.dossier().context();
    var signal = context.signal();
    return Optional.of(
        new LuceneNeighbours.Noted(
            item.dossier().id(),
            context.contract().map(it -> it.route().repo()).orElseGet(() -> route.apply(context)),
            signal.request().title(),
            signal.request().body(),
            signal.author().trust(),
            new Alike.Standing(
                item.dossier().receivedAt(), landedAt, signal.facts().get(Splitting.PART_OF))));
  }

  private boolean isLongAgo(@Nullable Instant landedAt) {
    return landedAt != null && landedAt.isBefore(clock.instant().minus(REMEMBERED));
  }

  /// What came of it, if anything was made.
  private static Optional<Deed> deed(ItemRow row) {
    if (!(row.item() instanceof Finished(var dossier, var stage, var result, _))) {
      return Optional.empty();
    }
    var context = dossier.context();
    var rounds = row.progress().attemptsOf(Stage.CODEGEN);
    var landed = context.proposal().filter(it -> it.landed() != null).isPresent();
    var end =
        switch (result) {
          case DONE -> landed ? landed(row) : null;
          case REJECTED -> rounds > 0 ? Deed.End.REJECTED : null;
          case GIVEN_UP -> Deed.End.GIVEN_UP;
          case CANCELLED, DROPPED, DUPLICATE -> null;
        };
    return end == null || stage == Stage.TRIAGE
        ? Optional.empty()
        : context
            .contract()
            .map(contract -> new Deed(contract.route(), end, rounds, dossier.usage()));
  }

  private static Deed.End landed(ItemRow row) {
    return row.progress().sentBack() == 0 ? Deed.End.LANDED_AT_ONCE : Deed.End.LANDED_REWORKED;
  }

  @Override
  public void close() {
    closed = true;
    subscription.close();
    synchronized (entered) {
      entered.notifyAll();
    }
    try {
      reading.join(PATIENCE);
      index.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

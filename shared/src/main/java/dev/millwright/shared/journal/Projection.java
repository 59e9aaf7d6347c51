package dev.millwright.shared.journal;

import dev.millwright.shared.journal.JournalRows.Row;
import dev.millwright.shared.workitem.Evolution;
import dev.millwright.shared.workitem.WorkItemState;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows the journal and keeps the views true: reads events in order, folds them into items, and
/// writes rows, tallies and its own place in one transaction, so that every event counts once.
///
/// The order of the journal has gaps while transactions are under way; a gap is waited for until it
/// was seen for a while and nobody is left who may fill it, then it belongs to a transaction that
/// failed.
public final class Projection implements LiveFeed, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Projection.class);
  private static final int BATCH = 4_000;
  private static final int CACHED_ITEMS = 5_000;
  private static final long GAP_IS_OLD_MILLIS = 5_000;
  private static final long POLL_MILLIS = 200;
  private static final long REST_MILLIS = 200;
  private static final long AFTER_ERROR_MILLIS = 1_000;
  private static final long ROLL_UP_EVERY_MILLIS = 3_600_000;

  private final Database database;
  private final Clock clock;
  private final Gaps gaps;
  private final Semaphore nudges = new Semaphore(0);
  private final List<Consumer<ItemRow>> listeners = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private final Map<String, ItemRow> cache =
      new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ItemRow> eldest) {
          return size() > CACHED_ITEMS;
        }
      };
  private final long startedAt;
  private long gap;
  private long gapSeenAt;
  private volatile boolean closed;
  private volatile long offset;
  private volatile boolean cutOff;
  private long rollUpAt;

  private Projection(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
    this.startedAt = clock.millis();
    this.gaps = new Gaps(database.dialect());
    this.thread = Thread.ofPlatform().name("projection").daemon().unstarted(this::follow);
  }

  /// Reads on from where the last run stopped, to the journal's end, then follows it.
  public static Projection start(Database database, Clock clock) throws SQLException {
    var projection = new Projection(database, clock);
    try (var connection = database.connect()) {
      projection.offset = Tallies.offset(connection);
    }
    while (projection.step() > 0) {
      // everything that was written before this process started comes first
    }
    projection.thread.start();
    return projection;
  }

  /// Says that there is something new, so that it need not be found by polling.
  public void nudge() {
    if (nudges.availablePermits() == 0) {
      nudges.release();
    }
  }

  /// How far the views are behind the journal, asked of the database; blocks.
  public Lag lag() throws SQLException {
    if (cutOff) {
      throw new SQLTransientConnectionException("the database was away and is not read again yet");
    }
    try (var connection = database.connect()) {
      return JournalRows.lag(connection, offset, clock.millis());
    }
  }

  /// Events the views have not read yet, and how old the oldest of them is.
  public record Lag(long events, Duration age) {
    public static final Lag NONE = new Lag(0, Duration.ZERO);
  }

  /// Whether the database does not answer at the moment.
  public boolean isCutOff() {
    return cutOff;
  }

  @Override
  public Subscription listen(Consumer<ItemRow> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public void close() {
    closed = true;
    nudge();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow() {
    while (!closed) {
      try {
        var read = step();
        if (cutOff) {
          LOG.warn("event=DatabaseBack");
          cutOff = false;
        }
        if (read == 0 && nudges.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
          nudges.drainPermits();
        } else if (read > 0 && read < BATCH) {
          // An item that moves quickly costs one row for several events, not one for each.
          Thread.sleep(REST_MILLIS);
        }
      } catch (SQLException | RuntimeException e) {
        cache.clear();
        failed(e);
        pause();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /// A database that is away is said once; anything else is a bug of ours.
  private void failed(Exception failure) {
    if (database.answers()) {
      LOG.error("event=ProjectionFailed", failure);
    } else if (!cutOff) {
      LOG.warn("event=DatabaseAway cause=\"{}\"", failure.getMessage());
      cutOff = true;
    }
  }

  private void pause() {
    try {
      Thread.sleep(AFTER_ERROR_MILLIS);
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  private int step() throws SQLException {
    try (var connection = database.connect()) {
      var rows = next(connection);
      if (rows.isEmpty()) {
        return 0;
      }
      connection.setAutoCommit(false);
      var changed = fold(connection, rows);
      var end = rows.getLast().ordering();
      Tallies.saveOffset(connection, database.dialect(), end);
      rollUp(connection);
      connection.commit();
      offset = end;
      changed.forEach(row -> listeners.forEach(listener -> listener.accept(row)));
      return rows.size();
    }
  }

  private void rollUp(Connection connection) throws SQLException {
    var now = clock.millis();
    if (now >= rollUpAt) {
      Tallies.rollUp(connection, database.dialect(), TimeUnit.MILLISECONDS.toMinutes(now));
      rollUpAt = now + ROLL_UP_EVERY_MILLIS;
    }
  }

  private List<Row> next(Connection connection) throws SQLException {
    var rows = JournalRows.after(connection, offset, BATCH);
    var settled = settled(rows);
    return settled.size() < rows.size() && gaps.areOver(connection, rows.getLast().ordering())
        ? settled(JournalRows.after(connection, offset, BATCH))
        : settled;
  }

  /// The rows up to the first gap that may still be filled.
  private List<Row> settled(List<Row> rows) {
    var before = offset;
    for (var at = 0; at < rows.size(); at++) {
      var row = rows.get(at);
      if (row.ordering() != before + 1
          && (mayBeFilled(before + 1, row) || row.ordering() > gaps.over())) {
        return rows.subList(0, at);
      }
      before = row.ordering();
    }
    return rows;
  }

  /// The age of the event after a gap says nothing: this process or the database may have stood
  /// still. Only what an earlier process left open is open for ever.
  private boolean mayBeFilled(long place, Row next) {
    if (next.writtenAt() < startedAt) {
      return false;
    }
    if (gap != place) {
      gap = place;
      gapSeenAt = clock.millis();
    }
    return clock.millis() - gapSeenAt < GAP_IS_OLD_MILLIS;
  }

  private List<ItemRow> fold(Connection connection, List<Row> rows) throws SQLException {
    var ids = new LinkedHashSet<String>();
    rows.forEach(row -> ids.add(row.item()));
    ids.remove("");
    var unknown = ids.stream().filter(id -> !cache.containsKey(id)).toList();
    cache.putAll(ItemTable.load(connection, unknown));
    var current = new LinkedHashMap<String, @Nullable ItemRow>();
    ids.forEach(id -> current.put(id, cache.get(id)));
    var steps = new ArrayList<Tallies.Step>();
    for (var row : rows) {
      if (!row.item().isEmpty()) {
        current.put(row.item(), apply(connection, current.get(row.item()), row, steps));
      }
    }
    var changed =
        current.values().stream().flatMap(row -> java.util.stream.Stream.ofNullable(row)).toList();
    ItemTable.save(connection, database.dialect(), changed);
    Tallies.count(connection, database.dialect(), steps);
    changed.forEach(row -> cache.put(row.item().dossier().id().value(), row));
    return changed;
  }

  /// An item's events are always in order, but one may have been passed over with an old gap: what
  /// is missing is then read from the item's own journal.
  private static @Nullable ItemRow apply(
      Connection connection, @Nullable ItemRow row, Row next, List<Tallies.Step> steps)
      throws SQLException {
    var sequence = row == null ? 0 : row.sequence();
    if (next.sequence() <= sequence) {
      return row;
    }
    if (next.sequence() == sequence + 1) {
      return evolve(row, next, steps);
    }
    var healed = row;
    for (var missed : JournalRows.of(connection, next.item(), sequence)) {
      if (missed.sequence() <= next.sequence()) {
        healed = evolve(healed, missed, steps);
      }
    }
    return healed;
  }

  private static ItemRow evolve(@Nullable ItemRow row, Row next, List<Tallies.Step> steps) {
    var entry = next.entry();
    var event = entry.event();
    var before = row == null ? new WorkItemState.Blank() : row.item();
    var after = Evolution.evolve(before, event).known().orElseThrow();
    var progress =
        row == null ? Progress.opened(event.at()) : row.progress().after(before, event, after);
    var now = new ItemRow(after, progress, event.at(), next.sequence(), Entry.hex(entry.hash()));
    steps.add(new Tallies.Step(row, event, now));
    return now;
  }
}

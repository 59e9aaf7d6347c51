package dev.millwright.shared.journal;

import dev.millwright.shared.workitem.Next;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.Usage;
import dev.millwright.shared.workitem.WorkItemEvent;
import dev.millwright.shared.workitem.WorkItemEvent.AttemptEnded;
import dev.millwright.shared.workitem.WorkItemEvent.AttemptLost;
import dev.millwright.shared.workitem.WorkItemEvent.DecisionMade;
import dev.millwright.shared.workitem.WorkItemState.Finished;
import dev.millwright.shared.workitem.WorkItemState.Result;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Counts per minute, and how far the journal was read; written in the projection's transaction.
///
/// What is counted, by name and what: a stage and how its attempts ended; `decision` and its verb;
/// `finished` and the result; `took` with a stage or `whole`, and the bucket of `Durations` it fell
/// into, or `millis` for their sum; `used` with what the agents of ended attempts used. Minutes
/// become hours, and hours `ever`, as they age.
final class Tallies {
  static final String WHOLE = "whole";
  static final String MILLIS = "millis";
  static final String LOST = "lost";
  static final String DECISION = "decision";
  static final String FINISHED = "finished";
  static final String USED = "used";
  static final String INPUT = "input_tokens";
  static final String OUTPUT = "output_tokens";
  static final String COST = "micro_dollars";
  static final Duration KEPT_BY_HOUR = Duration.ofDays(8);

  private static final String NAME = "items";
  private static final long EVER = 0;
  private static final long HOUR = 60;
  private static final long MINUTES_KEPT = 3 * HOUR;

  private Tallies() {}

  /// One event of an item and how it stood around it.
  record Step(@Nullable ItemRow before, WorkItemEvent event, ItemRow after) {}

  private record Count(String name, String what, long minute) {}

  /// What a batch of steps adds up to.
  private record Sum(Map<Count, Long> counts) {
    void add(String name, String what, Instant at, long more) {
      var minute = TimeUnit.MILLISECONDS.toMinutes(at.toEpochMilli());
      counts.merge(new Count(name, what, minute), more, Long::sum);
    }

    void used(Usage usage, Instant at) {
      add(USED, INPUT, at, usage.inputTokens());
      add(USED, OUTPUT, at, usage.outputTokens());
      add(USED, COST, at, usage.microDollars());
      add(USED, MILLIS, at, usage.time().toMillis());
    }

    void took(String name, Instant from, Instant at) {
      var duration = Duration.between(from, at);
      add(tookName(name), String.valueOf(Durations.bucket(duration)), at, 1);
      add(tookName(name), MILLIS, at, Math.max(0, duration.toMillis()));
    }
  }

  static String tookName(String what) {
    return "took " + what;
  }

  static void count(Connection connection, Dialect dialect, List<Step> steps) throws SQLException {
    var sum = new Sum(new HashMap<>());
    for (var step : steps) {
      switch (step.event()) {
        case AttemptEnded(var lease, var result, var next, var at) -> {
          sum.add(lease.stage().wire(), result.outcome().wire(), at, 1);
          if (lease.stage() == Stage.CODEGEN) {
            sum.used(result.usage(), at);
          }
          finished(sum, next, at);
        }
        case AttemptLost(var lease, _, _, var at) -> sum.add(lease.stage().wire(), LOST, at, 1);
        case DecisionMade(var decision, var next, var at) -> {
          sum.add(DECISION, wire(decision.verb()), at, 1);
          finished(sum, next, at);
        }
        case WorkItemEvent.SignalReceived _,
            WorkItemEvent.AttemptStarted _,
            WorkItemEvent.CheckpointReported _,
            WorkItemEvent.IntentRecorded _,
            WorkItemEvent.OutcomeRefused _,
            WorkItemEvent.WaitEnded _ -> {}
      }
      durations(sum, step);
    }
    save(connection, dialect, sum.counts());
  }

  /// A stage is over when its item goes elsewhere or ends; a journey, when it ends well.
  private static void durations(Sum sum, Step step) {
    var before = step.before();
    if (before == null || before.item() instanceof Finished) {
      return;
    }
    var now = step.after().item();
    var at = step.event().at();
    if (now.stage() != before.item().stage() || now instanceof Finished) {
      sum.took(before.item().stage().wire(), before.progress().stageSince(), at);
    }
    if (now instanceof Finished(_, _, var result, _) && result == Result.DONE) {
      sum.took(WHOLE, before.progress().openedAt(), at);
    }
  }

  private static void finished(Sum sum, Next next, Instant at) {
    if (next instanceof Next.Finish(_, var result, _)) {
      sum.add(FINISHED, wire(result), at, 1);
    }
  }

  static String wire(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static long offset(Connection connection) throws SQLException {
    try (var query =
        connection.prepareStatement("SELECT ordering FROM view_offset WHERE name = ?")) {
      query.setString(1, NAME);
      var found = query.executeQuery();
      return found.next() ? found.getLong(1) : 0;
    }
  }

  static void saveOffset(Connection connection, Dialect dialect, long ordering)
      throws SQLException {
    try (var statement =
        connection.prepareStatement(dialect.upsert("view_offset", 1, "name", "ordering"))) {
      statement.setString(1, NAME);
      statement.setLong(2, ordering);
      statement.executeUpdate();
    }
  }

  /// Adds up what is old, so that the table stays small however long the factory runs: minutes to
  /// the hour they are in, hours to one sum.
  static void rollUp(Connection connection, Dialect dialect, long nowMinute) throws SQLException {
    move(
        connection,
        dialect,
        "at_minute - MOD(at_minute, " + HOUR + ")",
        "MOD(at_minute, " + HOUR + ") <> 0",
        nowMinute - MINUTES_KEPT);
    move(
        connection,
        dialect,
        String.valueOf(EVER),
        "at_minute > " + EVER,
        nowMinute - KEPT_BY_HOUR.toMinutes());
  }

  private static void move(
      Connection connection, Dialect dialect, String to, String which, long before)
      throws SQLException {
    var where = " FROM tally WHERE at_minute < ? AND " + which;
    var counts = new HashMap<Count, Long>();
    try (var read = connection.prepareStatement("SELECT name, what, " + to + ", count" + where);
        var delete = connection.prepareStatement("DELETE" + where)) {
      read.setLong(1, before);
      for (var found = read.executeQuery(); found.next(); ) {
        counts.merge(
            new Count(found.getString(1), found.getString(2), found.getLong(3)),
            found.getLong(4),
            Long::sum);
      }
      delete.setLong(1, before);
      delete.executeUpdate();
    }
    save(connection, dialect, counts);
  }

  private static void save(Connection connection, Dialect dialect, Map<Count, Long> counts)
      throws SQLException {
    if (counts.isEmpty()) {
      return;
    }
    try (var read =
            connection.prepareStatement(
                "SELECT count FROM tally WHERE name = ? AND what = ? AND at_minute = ?");
        var write =
            connection.prepareStatement(
                dialect.upsert("tally", 3, "name", "what", "at_minute", "count"))) {
      for (var count : counts.entrySet()) {
        key(read, count.getKey());
        var found = read.executeQuery();
        key(write, count.getKey());
        write.setLong(4, (found.next() ? found.getLong(1) : 0) + count.getValue());
        write.addBatch();
      }
      write.executeBatch();
    }
  }

  private static void key(PreparedStatement statement, Count count) throws SQLException {
    statement.setString(1, count.name());
    statement.setString(2, count.what());
    statement.setLong(3, count.minute());
  }
}

package dev.millwright.shared.journal;

import dev.millwright.shared.workitem.Next;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.WorkItemEvent;
import dev.millwright.shared.workitem.WorkItemEvent.AttemptEnded;
import dev.millwright.shared.workitem.WorkItemEvent.DecisionMade;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Counts per minute, and how far the journal was read; written in the projection's transaction.
final class Tallies {
  private static final String NAME = "items";

  private Tallies() {}

  /// What is counted: a stage and how its attempts ended, decisions, items done.
  private record Count(String name, String what, long minute) {}

  static void count(Connection connection, Dialect dialect, List<WorkItemEvent> events)
      throws SQLException {
    var counts = new HashMap<Count, Long>();
    for (var event : events) {
      var minute = TimeUnit.MILLISECONDS.toMinutes(event.at().toEpochMilli());
      switch (event) {
        case AttemptEnded(var lease, var result, var next, _) -> {
          add(counts, new Count(lease.stage().wire(), kind(result.outcome()), minute));
          finished(counts, next, minute);
        }
        case DecisionMade(var decision, var next, _) -> {
          var verb = decision.verb().name().toLowerCase(Locale.ROOT);
          add(counts, new Count("decision", verb, minute));
          finished(counts, next, minute);
        }
        case WorkItemEvent.SignalReceived _,
            WorkItemEvent.AttemptStarted _,
            WorkItemEvent.CheckpointReported _,
            WorkItemEvent.AttemptLost _,
            WorkItemEvent.OutcomeRefused _,
            WorkItemEvent.WaitEnded _ -> {}
      }
    }
    save(connection, dialect, counts);
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
        var key = count.getKey();
        read.setString(1, key.name());
        read.setString(2, key.what());
        read.setLong(3, key.minute());
        var found = read.executeQuery();
        var before = found.next() ? found.getLong(1) : 0;
        write.setString(1, key.name());
        write.setString(2, key.what());
        write.setLong(3, key.minute());
        write.setLong(4, before + count.getValue());
        write.addBatch();
      }
      write.executeBatch();
    }
  }

  private static void finished(Map<Count, Long> counts, Next next, long minute) {
    if (next instanceof Next.Finish(_, var result, _)) {
      add(counts, new Count("finished", result.name().toLowerCase(Locale.ROOT), minute));
    }
  }

  private static String kind(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Advance _, Outcome.Split _ -> "passed";
      case Outcome.Wait _ -> "waited";
      case Outcome.SendBack _, Outcome.Retry _, Outcome.GiveUp _, Outcome.Drop _ -> "failed";
    };
  }

  private static void add(Map<Count, Long> counts, Count count) {
    counts.merge(count, 1L, Long::sum);
  }
}

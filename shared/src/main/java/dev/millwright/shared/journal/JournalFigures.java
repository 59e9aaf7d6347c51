package dev.millwright.shared.journal;

import dev.millwright.shared.workitem.Decision;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.WorkItemState.Result;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/// Figures, read from the tallies and the rows of items.
public record JournalFigures(Database database) implements Figures {
  /// How far back lead times look.
  public static final Duration RECENT = Duration.ofDays(7);

  /// What was counted under one name: ever, in the recent past, in the last hour.
  private record Counted(long ever, long recent, long lastHour) {
    static final Counted ZERO = new Counted(0, 0, 0);
  }

  private record Tally(Map<String, Map<String, Counted>> names) {
    Map<String, Counted> under(String name) {
      return names.getOrDefault(name, Map.of());
    }

    Counted of(String name, String what) {
      return under(name).getOrDefault(what, Counted.ZERO);
    }

    Durations took(String name, ToLongFunction<Counted> when) {
      SortedMap<Integer, Long> buckets = new TreeMap<>();
      var millis = 0L;
      for (var entry : under(Tallies.tookName(name)).entrySet()) {
        var count = when.applyAsLong(entry.getValue());
        if (entry.getKey().equals(Tallies.MILLIS)) {
          millis = count;
        } else if (count > 0) {
          buckets.put(Integer.parseInt(entry.getKey()), count);
        }
      }
      return new Durations(buckets, millis);
    }
  }

  @Override
  public Snapshot read(Instant now) {
    try (var connection = database.connect()) {
      var standing = standing(connection);
      var tally = tally(connection, now);
      var stages = new EnumMap<Stage, StageFigures>(Stage.class);
      for (var stage : Stage.values()) {
        stages.put(stage, figures(stage, standing.getOrDefault(stage, ByStatus.ZERO), tally));
      }
      return new Snapshot(stages, totals(standing, tally));
    } catch (SQLException e) {
      throw new DatabaseAway(e);
    }
  }

  private static StageFigures figures(Stage stage, ByStatus standing, Tally tally) {
    var name = stage.wire();
    var outcomes = Stream.concat(Outcome.WIRE_NAMES.stream(), Stream.of(Tallies.LOST));
    return new StageFigures(
        standing,
        tally.of(name, "advance").lastHour() + tally.of(name, "split").lastHour(),
        ever(tally, name, outcomes),
        tally.took(name, Counted::recent),
        tally.took(name, Counted::ever));
  }

  private static Totals totals(Map<Stage, ByStatus> standing, Tally tally) {
    var approved = tally.of(Tallies.DECISION, "approve").ever();
    var judged = approved + tally.of(Tallies.DECISION, "reject").ever();
    return new Totals(
        standing.values().stream().reduce(ByStatus.ZERO, ByStatus::plus),
        tally.of(Tallies.FINISHED, "done").lastHour(),
        judged == 0 ? null : (double) approved / judged,
        tally.took(Tallies.WHOLE, Counted::recent),
        tally.took(Tallies.WHOLE, Counted::ever),
        ever(tally, Tallies.FINISHED, names(Result.values())),
        ever(tally, Tallies.DECISION, names(Decision.Verb.values())));
  }

  private static Map<String, Long> ever(Tally tally, String name, Stream<String> whats) {
    var counts = new LinkedHashMap<String, Long>();
    whats.forEach(what -> counts.put(what, tally.of(name, what).ever()));
    return counts;
  }

  private static Stream<String> names(Enum<?>[] constants) {
    return Arrays.stream(constants).map(Tallies::wire);
  }

  private static Map<Stage, ByStatus> standing(Connection connection) throws SQLException {
    var counts = new EnumMap<Stage, Map<String, Long>>(Stage.class);
    try (var query =
        connection.prepareStatement(
            "SELECT stage, status, COUNT(*) FROM item_view GROUP BY stage, status")) {
      for (var found = query.executeQuery(); found.next(); ) {
        counts
            .computeIfAbsent(Stage.parse(found.getString(1)).orElseThrow(), _ -> new HashMap<>())
            .put(found.getString(2), found.getLong(3));
      }
    }
    var standing = new EnumMap<Stage, ByStatus>(Stage.class);
    counts.forEach((stage, by) ->
        standing.put(
            stage,
            new ByStatus(
                by.getOrDefault("queued", 0L),
                by.getOrDefault("running", 0L),
                by.getOrDefault("waiting", 0L),
                by.getOrDefault("finished", 0L))));
    return standing;
  }

  private static Tally tally(Connection connection, Instant now) throws SQLException {
    var minute = TimeUnit.MILLISECONDS.toMinutes(now.toEpochMilli());
    var names = new HashMap<String, Map<String, Counted>>();
    try (var query =
        connection.prepareStatement(
            "SELECT name, what, SUM(count),"
                + " SUM(CASE WHEN at_minute >= ? THEN count ELSE 0 END),"
                + " SUM(CASE WHEN at_minute >= ? THEN count ELSE 0 END)"
                + " FROM tally GROUP BY name, what")) {
      query.setLong(1, minute - RECENT.toMinutes());
      query.setLong(2, minute - 60);
      for (var found = query.executeQuery(); found.next(); ) {
        names
            .computeIfAbsent(found.getString(1), _ -> new HashMap<>())
            .put(
                found.getString(2),
                new Counted(found.getLong(3), found.getLong(4), found.getLong(5)));
      }
    }
    return new Tally(names);
  }
}

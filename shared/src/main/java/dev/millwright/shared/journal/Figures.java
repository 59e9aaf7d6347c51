package dev.millwright.shared.journal;

import dev.millwright.shared.workitem.Stage;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Counts over all items for dashboards and metrics, read from a projection of the journal.
public interface Figures {
  /// The figures as of now; blocks on the database, so call it on a virtual thread.
  ///
  /// Called at most about once a second however many people watch. A stage that is missing from the
  /// answer counts as all zero.
  Snapshot read(Instant now);

  /// Everything counted at one moment.
  record Snapshot(Map<Stage, StageFigures> stages, Totals totals) {
    public static final Snapshot NONE = new Snapshot(Map.of(), Totals.ZERO);

    public Snapshot {
      stages = Map.copyOf(stages);
    }

    public StageFigures of(Stage stage) {
      return stages.getOrDefault(stage, StageFigures.ZERO);
    }
  }

  /// One stage.
  ///
  /// @param standing the items that stand at this stage now
  /// @param doneLastHour attempts of the last hour that advanced
  /// @param outcomes how many attempts ever ended how, by the outcome's wire name, or `lost`
  /// @param recent from coming to the stage to leaving it, over the items of the last week
  /// @param ever the same since the factory began
  record StageFigures(
      ByStatus standing,
      long doneLastHour,
      Map<String, Long> outcomes,
      Durations recent,
      Durations ever) {
    public static final StageFigures ZERO =
        new StageFigures(ByStatus.ZERO, 0, Map.of(), Durations.NONE, Durations.NONE);

    public StageFigures {
      outcomes = Collections.unmodifiableMap(new LinkedHashMap<>(outcomes));
    }

    /// Attempts that advanced, ever.
    public long passed() {
      return sum("advance", "split");
    }

    /// Attempts that sent back, gave up, dropped or have to be made again, ever.
    public long failed() {
      return sum("send_back", "retry", "give_up", "drop");
    }

    private long sum(String... names) {
      return Arrays.stream(names).mapToLong(name -> outcomes.getOrDefault(name, 0L)).sum();
    }
  }

  /// The whole factory.
  ///
  /// @param doneLastHour items finished as done in the last hour
  /// @param acceptanceRate approved among those a person approved or rejected, 0 to 1
  /// @param recent from the signal that opened an item to done, over the items of the last week
  /// @param ever the same since the factory began
  /// @param results how many journeys ever ended how
  /// @param decisions how often people ever decided what
  record Totals(
      ByStatus items,
      long doneLastHour,
      @Nullable Double acceptanceRate,
      Durations recent,
      Durations ever,
      Map<String, Long> results,
      Map<String, Long> decisions) {
    public static final Totals ZERO =
        new Totals(ByStatus.ZERO, 0, null, Durations.NONE, Durations.NONE, Map.of(), Map.of());

    public Totals {
      results = Collections.unmodifiableMap(new LinkedHashMap<>(results));
      decisions = Collections.unmodifiableMap(new LinkedHashMap<>(decisions));
    }
  }

  /// Items by status.
  record ByStatus(long queued, long running, long waiting, long finished) {
    public static final ByStatus ZERO = new ByStatus(0, 0, 0, 0);

    public ByStatus plus(ByStatus more) {
      return new ByStatus(
          queued + more.queued,
          running + more.running,
          waiting + more.waiting,
          finished + more.finished);
    }

    public long total() {
      return queued + running + waiting + finished;
    }
  }
}

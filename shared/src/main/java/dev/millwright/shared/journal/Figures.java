package dev.millwright.shared.journal;

import dev.millwright.shared.workitem.Stage;
import java.time.Duration;
import java.time.Instant;
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
  /// @param passed attempts that advanced, ever
  /// @param failed attempts that sent back, gave up, dropped or have to be retried, ever
  /// @param leadTimeP50 median from entering the stage to leaving it, over recent items
  record StageFigures(
      ByStatus standing,
      long doneLastHour,
      long passed,
      long failed,
      @Nullable Duration leadTimeP50) {
    public static final StageFigures ZERO = new StageFigures(ByStatus.ZERO, 0, 0, 0, null);
  }

  /// The whole factory.
  ///
  /// @param doneLastHour items finished as done in the last hour
  /// @param acceptanceRate approved among those a person approved or rejected, 0 to 1
  /// @param leadTimeP50 median from the first signal to done, over recent items
  record Totals(
      ByStatus items,
      long doneLastHour,
      @Nullable Double acceptanceRate,
      @Nullable Duration leadTimeP50) {
    public static final Totals ZERO = new Totals(ByStatus.ZERO, 0, null, null);
  }

  /// Items by status.
  record ByStatus(long queued, long running, long waiting, long finished) {
    public static final ByStatus ZERO = new ByStatus(0, 0, 0, 0);

    public long total() {
      return queued + running + waiting + finished;
    }
  }
}

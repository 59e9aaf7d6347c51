package dev.millwright.monitoring.adapter;

import dev.millwright.shared.http.Field;
import dev.millwright.shared.journal.Durations;
import dev.millwright.shared.journal.Figures;
import dev.millwright.shared.line.LineControl;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The six stages as they are now.
record LineView(List<StageView> stages, List<String> pausedRepos, String sandbox) {
  private static final double MEDIAN = 0.5;
  private static final double MOST = 0.9;

  record StageView(
      String name,
      int capacity,
      int running,
      int queued,
      long waiting,
      boolean paused,
      long doneLastHour,
      long passed,
      long failed,
      @Nullable @Field(about = "median from coming to the stage to leaving it, last seven days")
          Double leadTimeSecondsP50,
      @Nullable Double leadTimeSecondsP90) {}

  /// The whole factory in a few numbers.
  record Summary(
      Counts items,
      long doneLastHour,
      @Nullable @Field(about = "approved among approved and rejected, 0 to 1")
          Double acceptanceRate,
      @Nullable @Field(about = "median from the first signal to done, last seven days")
          Double leadTimeSecondsP50,
      @Nullable Double leadTimeSecondsP90) {}

  record Counts(long queued, long running, long waiting, long finished, long total) {}

  static LineView of(LineControl.Overview line, Figures.Snapshot figures, String sandbox) {
    return new LineView(
        line.stages().stream().map(it -> stage(it, figures.of(it.stage()))).toList(),
        line.pausedRepos(),
        sandbox);
  }

  private static StageView stage(LineControl.StageLoad load, Figures.StageFigures figures) {
    return new StageView(
        load.stage().wire(),
        load.capacity(),
        load.running(),
        load.queued(),
        figures.standing().waiting(),
        load.paused(),
        figures.doneLastHour(),
        figures.passed(),
        figures.failed(),
        seconds(figures.recent(), MEDIAN),
        seconds(figures.recent(), MOST));
  }

  static Summary summary(Figures.Totals totals) {
    var items = totals.items();
    return new Summary(
        new Counts(
            items.queued(), items.running(), items.waiting(), items.finished(), items.total()),
        totals.doneLastHour(),
        totals.acceptanceRate(),
        seconds(totals.recent(), MEDIAN),
        seconds(totals.recent(), MOST));
  }

  private static @Nullable Double seconds(Durations durations, double share) {
    var duration = durations.percentile(share);
    return duration == null ? null : duration.toMillis() / 1000.0;
  }
}

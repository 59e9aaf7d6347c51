package dev.millwright.monitoring.adapter;

import dev.millwright.shared.journal.Figures;
import dev.millwright.shared.line.LineControl;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The six stages as they are now.
record LineView(List<StageView> stages, List<String> pausedRepos, String sandbox) {
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
      @Nullable Double leadTimeSecondsP50) {}

  /// The whole factory in a few numbers.
  record Summary(
      Counts items,
      long doneLastHour,
      @Nullable Double acceptanceRate,
      @Nullable Double leadTimeSecondsP50) {}

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
        seconds(figures.leadTimeP50()));
  }

  static Summary summary(Figures.Totals totals) {
    var items = totals.items();
    return new Summary(
        new Counts(
            items.queued(), items.running(), items.waiting(), items.finished(), items.total()),
        totals.doneLastHour(),
        totals.acceptanceRate(),
        seconds(totals.leadTimeP50()));
  }

  private static @Nullable Double seconds(@Nullable Duration duration) {
    return duration == null ? null : duration.toMillis() / 1000.0;
  }
}

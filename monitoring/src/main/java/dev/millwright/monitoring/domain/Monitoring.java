package dev.millwright.monitoring.domain;

import dev.millwright.shared.workitem.Aftercare;
import dev.millwright.shared.workitem.Diagnostic;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.StageResult;
import dev.millwright.shared.workitem.WaitingOn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Judges a landed change by its probes: healthy until the window is over, or a regression.
public final class Monitoring {
  private Monitoring() {}

  /// What one probe said.
  public record Probed(boolean healthy, String said) {}

  /// Nothing says how to watch, so nothing is claimed.
  public static StageResult unwatched(Instant now) {
    return StageResult.advance(
        "no probe is configured", new Aftercare("not watched", true, 0, now));
  }

  /// What follows from a probe at a moment.
  ///
  /// @param probes how many there were before this one
  public static StageResult judge(
      Probed probed, int probes, Instant until, Instant now, Duration every) {
    var count = probes + 1;
    if (!probed.healthy()) {
      return StageResult.of(
          new Outcome.SendBack(
              Stage.TRIAGE,
              "regression after landing: " + probed.said(),
              List.of(Diagnostic.error("aftercare", probed.said()))),
          new Aftercare("regressed: " + probed.said(), false, count, now));
    }
    var part = new Aftercare("healthy after " + count + " probes", true, count, until);
    return now.isBefore(until)
        ? StageResult.of(new Outcome.Wait(WaitingOn.TIME, "watching until " + until, every), part)
        : StageResult.advance(part.summary(), part);
  }
}

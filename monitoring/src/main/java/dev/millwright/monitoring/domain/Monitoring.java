package dev.millwright.monitoring.domain;

import dev.millwright.shared.signal.Author;
import dev.millwright.shared.signal.Request;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.workitem.Aftercare;
import dev.millwright.shared.workitem.Diagnostic;
import dev.millwright.shared.workitem.FailureKind;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.StageResult;
import dev.millwright.shared.workitem.WaitingOn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Judges a landed change by its probes: healthy until the window is over, or a regression.
public final class Monitoring {
  /// What this stage's signals say they come from.
  public static final String SOURCE = "monitoring";

  private Monitoring() {}

  /// What one probe found, and its words for it.
  public sealed interface Probed {
    String said();

    record Healthy(String said) implements Probed {}

    record Unhealthy(String said) implements Probed {}

    /// The probe could not be made; that says nothing about the change.
    record Unknown(String said) implements Probed {}
  }

  /// Nothing says how to watch, so nothing is claimed.
  public static StageResult unwatched(Instant now) {
    return StageResult.advance(
        "no probe is configured", new Aftercare("not watched", true, 0, now));
  }

  /// A landed change under watch.
  ///
  /// @param cause the signal that the change answered
  /// @param probes how many there were before the one that is judged
  public record Watch(Signal cause, String landed, int probes, Instant until, Duration every) {}

  /// What follows from a probe at a moment.
  public static StageResult judge(Probed probed, Watch watch, Instant now) {
    return switch (probed) {
      case Probed.Healthy _ -> healthy(watch, now);
      case Probed.Unhealthy(var said) -> regressed(said, watch, now);
      case Probed.Unknown(var said) ->
          StageResult.of(new Outcome.Retry(FailureKind.OUTSIDE, said, watch.every()));
    };
  }

  private static StageResult healthy(Watch watch, Instant now) {
    var count = watch.probes() + 1;
    var until = watch.until();
    var part = new Aftercare("healthy after " + count + " probes", true, count, until);
    return now.isBefore(until)
        ? StageResult.of(
            new Outcome.Wait(WaitingOn.TIME, "watching until " + until, watch.every()), part)
        : StageResult.advance(part.summary(), part);
  }

  private static StageResult regressed(String said, Watch watch, Instant now) {
    return StageResult.of(
            new Outcome.SendBack(
                Stage.TRIAGE,
                "regression after landing: " + said,
                List.of(Diagnostic.error("aftercare", said))),
            new Aftercare("regressed: " + said, false, watch.probes() + 1, now))
        .raising(List.of(regression(said, watch)));
  }

  /// The item's own key links the regression to what caused it. What a recipe was told is left out:
  /// doing the same again mends nothing.
  private static Signal regression(String said, Watch watch) {
    var cause = watch.cause();
    var asked = cause.request();
    var found = ("Regression after landing as " + watch.landed() + ": " + said).strip();
    // Said once, even by an attempt that takes the place of one that was lost right after saying
    // it.
    var body =
        asked.body().endsWith(found) ? asked.body() : (asked.body() + "\n\n" + found).strip();
    return new Signal(
        cause.key(),
        SOURCE,
        new Author("millwright", Author.Trust.MACHINE),
        new Request(
            asked.title(),
            body,
            "bug",
            asked.labels(),
            asked.priority(),
            asked.repo(),
            asked.agent()),
        Map.of(),
        cause.link());
  }
}

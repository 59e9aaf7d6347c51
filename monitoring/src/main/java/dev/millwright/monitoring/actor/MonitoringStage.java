package dev.millwright.monitoring.actor;

import dev.millwright.monitoring.domain.Monitoring;
import dev.millwright.monitoring.domain.Monitoring.Probed;
import dev.millwright.monitoring.port.Probe;
import dev.millwright.shared.line.Assignment;
import dev.millwright.shared.line.StageCode;
import dev.millwright.shared.settings.PolicySettings.AftercareSettings;
import dev.millwright.shared.workitem.Aftercare;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.StageResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// Watches a landed change for its window, one probe an attempt; in between the item waits, and no
/// slot is held.
public final class MonitoringStage implements StageCode {
  private static final String UNTIL = "watch-until";

  private final Function<String, List<AftercareSettings>> aftercare;
  private final Probe probe;
  private final Clock clock;

  /// @param aftercare how each repository's landed changes are watched: all of these must be
  ///   content
  public MonitoringStage(
      Function<String, List<AftercareSettings>> aftercare, Probe probe, Clock clock) {
    this.aftercare = aftercare;
    this.probe = probe;
    this.clock = clock;
  }

  @Override
  public Stage stage() {
    return Stage.MONITORING;
  }

  @Override
  public StageResult run(Assignment work) throws InterruptedException {
    var context = work.context();
    var repo = context.contract().map(contract -> contract.route().repo()).orElse("");
    var watches = aftercare.apply(repo);
    var landed = context.proposal().map(proposal -> proposal.landed()).orElse(null);
    if (watches.isEmpty() || landed == null) {
      return Monitoring.unwatched(clock.instant());
    }
    var first = work.checkpointed(UNTIL).isEmpty();
    var probes = first ? 0 : context.aftercare().map(Aftercare::probes).orElse(0);
    var until = until(work, watches);
    var probed = look(work, repo, landed, watches);
    return Monitoring.judge(
        probed,
        new Monitoring.Watch(context.signal(), landed, probes, until, shortest(watches)),
        clock.instant());
  }

  /// Asks every probe, up to the first that is not content.
  private Probed look(Assignment work, String repo, String landed, List<AftercareSettings> watches)
      throws InterruptedException {
    var said = new ArrayList<String>();
    for (var watch : watches) {
      var probed = probe.look(repo, landed, watch.probe());
      work.say(probed.getClass().getSimpleName().toLowerCase(Locale.ROOT) + ": " + probed.said());
      if (!(probed instanceof Probed.Healthy)) {
        return probed;
      }
      said.add(probed.said());
    }
    return new Probed.Healthy(String.join("; ", said));
  }

  private static Duration shortest(List<AftercareSettings> watches) {
    return watches.stream()
        .map(AftercareSettings::every)
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  /// The window starts with the first probe and ends when it was going to, whatever crashed.
  private Instant until(Assignment work, List<AftercareSettings> watches)
      throws InterruptedException {
    var kept = work.checkpointed(UNTIL);
    if (kept.isPresent()) {
      return Instant.parse(kept.get());
    }
    var longest =
        watches.stream()
            .map(AftercareSettings::window)
            .max(Comparator.naturalOrder())
            .orElseThrow();
    var until = clock.instant().plus(longest);
    work.checkpoint(UNTIL, until.toString());
    return until;
  }
}

package dev.millwright.monitoring.actor;

import dev.millwright.monitoring.domain.Monitoring;
import dev.millwright.monitoring.port.Probe;
import dev.millwright.shared.line.Assignment;
import dev.millwright.shared.line.StageCode;
import dev.millwright.shared.settings.PolicySettings.AftercareSettings;
import dev.millwright.shared.workitem.Aftercare;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.StageResult;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;

/// Watches a landed change for its window, one probe an attempt; in between the item waits, and no
/// slot is held.
public final class MonitoringStage implements StageCode {
  private static final String UNTIL = "watch-until";

  private final Function<String, AftercareSettings> aftercare;
  private final Probe probe;
  private final Clock clock;

  /// @param aftercare how each repository's landed changes are watched
  public MonitoringStage(Function<String, AftercareSettings> aftercare, Probe probe, Clock clock) {
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
    var watch = aftercare.apply(repo);
    var landed = context.proposal().map(proposal -> proposal.landed()).orElse(null);
    if (watch.probe().isBlank() || landed == null) {
      return Monitoring.unwatched(clock.instant());
    }
    var first = work.checkpointed(UNTIL).isEmpty();
    var probes = first ? 0 : context.aftercare().map(Aftercare::probes).orElse(0);
    var until = until(work, watch);
    var probed = probe.look(repo, landed, watch.probe());
    work.say(probed.getClass().getSimpleName().toLowerCase(Locale.ROOT) + ": " + probed.said());
    return Monitoring.judge(
        probed,
        new Monitoring.Watch(context.signal(), landed, probes, until, watch.every()),
        clock.instant());
  }

  /// The window starts with the first probe and ends when it was going to, whatever crashed.
  private Instant until(Assignment work, AftercareSettings watch) throws InterruptedException {
    var kept = work.checkpointed(UNTIL);
    if (kept.isPresent()) {
      return Instant.parse(kept.get());
    }
    var until = clock.instant().plus(watch.window());
    work.checkpoint(UNTIL, until.toString());
    return until;
  }
}

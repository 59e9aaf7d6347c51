package dev.millwright.triage.actor;

import dev.millwright.shared.line.Assignment;
import dev.millwright.shared.line.StageCode;
import dev.millwright.shared.workitem.FailureKind;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.StageResult;
import dev.millwright.shared.workitem.WaitingOn;
import dev.millwright.triage.domain.Triage;
import dev.millwright.triage.domain.Triage.Aim;
import dev.millwright.triage.domain.TriageSettings;
import dev.millwright.triage.port.RepositoryPolicy;
import dev.millwright.triage.port.RepositoryPolicy.Answer;
import java.time.Duration;
import java.util.function.Supplier;

/// One attempt at triage: aim, read the repository's rules, promise.
///
/// It has no effects, so it may run again at any time.
public final class TriageStage implements StageCode {
  private static final Duration PAUSE = Duration.ofSeconds(20);

  private final Supplier<TriageSettings> settings;
  private final RepositoryPolicy policies;

  /// @param settings asked anew for each attempt, so that a reload counts from the next one on
  public TriageStage(Supplier<TriageSettings> settings, RepositoryPolicy policies) {
    this.settings = settings;
    this.policies = policies;
  }

  @Override
  public Stage stage() {
    return Stage.TRIAGE;
  }

  @Override
  public StageResult run(Assignment work) {
    var now = settings.get();
    return switch (Triage.aim(work.context(), now)) {
      case Aim.Stopped(var result) -> result;
      case Aim.Routed routed -> promise(work, now, routed);
    };
  }

  private StageResult promise(Assignment work, TriageSettings now, Aim.Routed routed) {
    work.say("repository " + routed.repo().name() + ", agent " + routed.agent().name());
    return switch (policies.read(routed.repo())) {
      case Answer.Found(var rules, _) -> {
        rules.warnings().forEach(work::say);
        yield Triage.promise(work.context(), now, rules, routed);
      }
      case Answer.Unusable(var reason) ->
          StageResult.of(new Outcome.Wait(WaitingOn.ANSWER, reason + ". Mend it and retry.", null));
      case Answer.Unreachable(var reason) ->
          StageResult.of(new Outcome.Retry(FailureKind.OUTSIDE, reason, PAUSE));
    };
  }
}

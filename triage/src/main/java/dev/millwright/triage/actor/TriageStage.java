package dev.millwright.triage.actor;

import dev.millwright.shared.line.Assignment;
import dev.millwright.shared.line.StageCode;
import dev.millwright.shared.workitem.FailureKind;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.StageResult;
import dev.millwright.shared.workitem.WaitingOn;
import dev.millwright.triage.domain.Knowledge;
import dev.millwright.triage.domain.Predecessors;
import dev.millwright.triage.domain.RepositoryRules;
import dev.millwright.triage.domain.Triage;
import dev.millwright.triage.domain.Triage.Aim;
import dev.millwright.triage.domain.TriageSettings;
import dev.millwright.triage.port.Memory;
import dev.millwright.triage.port.RepositoryPolicy;
import dev.millwright.triage.port.RepositoryPolicy.Answer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// One attempt at triage: wait for what comes first, aim, read the repository's rules, look at what
/// is known, promise.
///
/// It has no effects, so it may run again at any time.
public final class TriageStage implements StageCode {
  private static final Duration PAUSE = Duration.ofSeconds(20);

  private final Supplier<TriageSettings> settings;
  private final RepositoryPolicy policies;
  private final Memory memory;

  /// @param settings asked anew for each attempt, so that a reload counts from the next one on
  public TriageStage(Supplier<TriageSettings> settings, RepositoryPolicy policies, Memory memory) {
    this.settings = settings;
    this.policies = policies;
    this.memory = memory;
  }

  @Override
  public Stage stage() {
    return Stage.TRIAGE;
  }

  @Override
  public StageResult run(Assignment work) throws InterruptedException {
    var first = predecessors(work);
    if (first.isPresent()) {
      return first.get();
    }
    var now = settings.get();
    return switch (Triage.aim(work.context(), now, memory.record().experience())) {
      case Aim.Stopped(var result) -> result;
      case Aim.Routed routed -> promise(work, now, routed);
    };
  }

  private Optional<StageResult> predecessors(Assignment work) throws InterruptedException {
    if (Predecessors.of(work.context().signal()).isEmpty()) {
      return Optional.empty();
    }
    memory.others().upTo(work.item());
    return Predecessors.judge(work.context(), memory.others()::of);
  }

  private StageResult promise(Assignment work, TriageSettings now, Aim.Routed routed)
      throws InterruptedException {
    return switch (policies.read(routed.repo())) {
      case Answer.Found(var rules, var commit) -> {
        rules.warnings().forEach(work::say);
        var experience = memory.record().experience();
        yield switch (Triage.within(rules, work.context(), now, experience, routed)) {
          case Aim.Stopped(var result) -> result;
          case Aim.Routed narrowed -> {
            work.say("repository " + narrowed.repo().name() + ", agent " + narrowed.agent().name());
            yield weigh(work, now, narrowed, rules, commit);
          }
        };
      }
      case Answer.Unusable(var reason) ->
          StageResult.of(new Outcome.Wait(WaitingOn.ANSWER, reason + ". Mend it and retry.", null));
      case Answer.Unreachable(var reason) ->
          StageResult.of(new Outcome.Retry(FailureKind.OUTSIDE, reason, PAUSE));
    };
  }

  private StageResult weigh(
      Assignment work, TriageSettings now, Aim.Routed routed, RepositoryRules rules, String commit)
      throws InterruptedException {
    var request = work.context().signal().request();
    var repo = routed.repo();
    var alike = memory.neighbours().of(work.item(), repo.name(), request.title(), request.body());
    var heard = memory.judge().hear(work);
    var knowledge =
        new Knowledge(
            alike,
            memory.record().experience(),
            memory.checks().of(repo, commit, !rules.checks().isEmpty()),
            heard.opinion());
    return Triage.promise(work.context(), now, rules, routed, knowledge)
        .costing(heard.cost())
        .keeping(heard.exchange());
  }
}

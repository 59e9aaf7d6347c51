package dev.millwright.validation.actor;

import dev.millwright.shared.line.Assignment;
import dev.millwright.shared.line.StageCode;
import dev.millwright.shared.workitem.Change;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Evidence;
import dev.millwright.shared.workitem.FailureKind;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.StageResult;
import dev.millwright.shared.workitem.Usage;
import dev.millwright.shared.workitem.WaitingOn;
import dev.millwright.validation.domain.CheckRun;
import dev.millwright.validation.domain.Delta;
import dev.millwright.validation.domain.Validation;
import dev.millwright.validation.domain.Validation.Judged;
import dev.millwright.validation.port.Changes;
import dev.millwright.validation.port.Checks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// One attempt at validation: guard the diff, run the checks, ask the base about failures, judge.
///
/// It writes nothing outside but the log artifact, so it may run again at any time.
public final class ValidationStage implements StageCode {
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final Changes changes;
  private final Checks checks;
  private final Path dataDir;
  private final Clock clock;

  public ValidationStage(Changes changes, Checks checks, Path dataDir, Clock clock) {
    this.changes = changes;
    this.checks = checks;
    this.dataDir = dataDir;
    this.clock = clock;
  }

  @Override
  public Stage stage() {
    return Stage.VALIDATION;
  }

  @Override
  public StageResult run(Assignment work) throws InterruptedException {
    var contract = work.context().contract();
    var change = work.context().change();
    if (contract.isEmpty() || change.isEmpty()) {
      return StageResult.of(
          new Outcome.GiveUp("there is no change to validate: codegen handed in none"));
    }
    return switch (changes.between(contract.get().route().repo(), change.get().revision())) {
      case Changes.Answer.Read(var delta) -> logged(work, contract.get(), change.get(), delta);
      case Changes.Answer.Unreadable(var reason) -> later(reason);
    };
  }

  private StageResult logged(Assignment work, Contract contract, Change change, Delta delta)
      throws InterruptedException {
    var began = clock.instant();
    try {
      var folder = Files.createDirectories(dataDir.resolve("checks"));
      var log = Files.createTempFile(folder, work.item() + "-", ".log");
      try {
        var touched = delta.files().stream().map(Delta.Touched::path).collect(Collectors.toSet());
        var job = new Checks.Job(work.item(), contract, change.revision(), touched, log, work::say);
        return checked(work, job, delta)
            .costing(Usage.of(Duration.between(began, clock.instant())));
      } finally {
        Files.deleteIfExists(log);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the log of the checks cannot be written", e);
    }
  }

  private StageResult checked(Assignment work, Checks.Job job, Delta delta)
      throws InterruptedException, IOException {
    var guarded = new ArrayList<>(Validation.guard(job.contract(), delta));
    checks.caveat().ifPresent(guarded::add);
    return switch (checks.onChange(job)) {
      case Checks.Answer.Missing(var reason, var fix) ->
          StageResult.of(
              new Outcome.Wait(
                  WaitingOn.ANSWER, reason + ". To mend it: " + fix + "; then retry", null));
      case Checks.Answer.Failed(var reason) -> later(reason);
      case Checks.Answer.Ran(var runs, var ready) -> {
        var base = Validation.needsBase(runs) ? onBase(job) : ready;
        yield handedIn(work, job, Validation.judge(job.contract(), guarded, runs, base));
      }
    };
  }

  private List<CheckRun> onBase(Checks.Job job) throws InterruptedException {
    job.say().accept("checks failed; asking the base commit whether it fails too");
    return checks.onBase(job) instanceof Checks.Answer.Ran(var base, _) ? base : List.of();
  }

  private static StageResult handedIn(Assignment work, Checks.Job job, Judged judged)
      throws IOException {
    var log = work.artifacts().put(job.log(), "text/plain; charset=utf-8");
    var evidence =
        new Evidence(
            job.revision().commit(), judged.verdict(), judged.results(), judged.diagnostics(), log);
    work.say(judged.summary());
    return switch (judged.verdict()) {
      case PASSED, UNPROVEN -> StageResult.advance(judged.summary(), evidence);
      case FAILED ->
          StageResult.of(
              new Outcome.SendBack(Stage.CODEGEN, judged.summary(), judged.diagnostics()),
              evidence);
    };
  }

  private static StageResult later(String reason) {
    return StageResult.of(new Outcome.Retry(FailureKind.OUTSIDE, reason, PAUSE));
  }
}

package dev.millwright.app;

import dev.millwright.codegen.port.Jury;
import dev.millwright.release.port.Verifier;
import dev.millwright.shared.line.Assignment;
import dev.millwright.shared.workitem.Change;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Diagnostic;
import dev.millwright.shared.workitem.Evidence;
import dev.millwright.shared.workspace.Detection;
import dev.millwright.validation.actor.ValidationStage;
import dev.millwright.validation.adapter.MirrorChanges;
import dev.millwright.validation.adapter.SandboxedChecks;
import dev.millwright.validation.domain.CheckRun;
import dev.millwright.validation.domain.Delta;
import dev.millwright.validation.domain.Validation;
import dev.millwright.validation.domain.ValidationSettings;
import dev.millwright.validation.port.Changes;
import dev.millwright.validation.port.Checks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The checks: for validation, once more for what release is about to land, and before that where
/// several changes compete.
record Checking(Workshop workshop, SandboxedChecks checks) implements Verifier, Jury {
  static Checking of(Workshop workshop) {
    var home = Path.of(System.getProperty("user.home"));
    var checks =
        new SandboxedChecks(
            new Detection.Available(workshop.sandbox()),
            (repo, commit, folder) ->
                workshop.workspaces().export(workshop.mirrors().known(repo), commit, folder),
            workshop.data(),
            () -> ValidationSettings.of(home, workshop.settings().sandbox()));
    return new Checking(workshop, checks);
  }

  ValidationStage stage() {
    return new ValidationStage(
        new MirrorChanges(workshop.mirrors()::known), checks, workshop.data(), workshop.clock());
  }

  @Override
  public Said verify(Assignment work, Contract contract, String base, String commit)
      throws InterruptedException {
    var branch = work.context().change().orElseThrow().revision().branch();
    var revision = new Change.Revision(branch, base, commit);
    return logged(
        log -> {
          var job = new Checks.Job(work.item(), contract, revision, Set.of(), log, work::say);
          return said(job, checks.onChange(job));
        },
        Said.Unknown::new);
  }

  /// Something that needs a file for what the checks print.
  private interface Logged<T> {
    T with(Path log) throws InterruptedException;
  }

  private <T> T logged(Logged<T> checked, Function<String, T> otherwise)
      throws InterruptedException {
    try {
      var folder = Files.createDirectories(workshop.data().resolve("checks"));
      var log = Files.createTempFile(folder, "beside-", ".log");
      try {
        return checked.with(log);
      } finally {
        Files.deleteIfExists(log);
      }
    } catch (IOException e) {
      return otherwise.apply("the log of the checks cannot be written: " + e.getMessage());
    }
  }

  private Said said(Checks.Job job, Checks.Answer answer) throws InterruptedException {
    return switch (answer) {
      case Checks.Answer.Missing(var reason, var fix) -> new Said.Unknown(reason + "; " + fix);
      case Checks.Answer.Failed(var reason) -> new Said.Unknown(reason);
      case Checks.Answer.Ran(var runs, var ready) -> {
        var base = Validation.needsBase(runs) ? onBase(job) : ready;
        var judged = Validation.judge(job.contract(), List.of(), runs, base);
        yield judged.verdict() == Evidence.Verdict.FAILED
            ? new Said.Red(judged.summary(), judged.diagnostics())
            : new Said.Green(judged.summary());
      }
    };
  }

  @Override
  public Ballot weigh(Assignment work, Contract contract, Change change)
      throws InterruptedException {
    var changes = new MirrorChanges(workshop.mirrors()::known);
    return switch (changes.between(contract.route().repo(), change.revision())) {
      case Changes.Answer.Unreadable(var reason) -> unweighed(reason);
      case Changes.Answer.Read(var delta) -> {
        var touched = delta.files().stream().map(Delta.Touched::path).collect(Collectors.toSet());
        yield logged(
            log -> {
              var job =
                  new Checks.Job(work.item(), contract, change.revision(), touched, log, work::say);
              return ballot(job, Validation.guard(contract, delta));
            },
            Checking::unweighed);
      }
    };
  }

  private Ballot ballot(Checks.Job job, List<Diagnostic> guarded) throws InterruptedException {
    return switch (checks.onChange(job)) {
      case Checks.Answer.Missing(var reason, _) -> unweighed(reason);
      case Checks.Answer.Failed(var reason) -> unweighed(reason);
      case Checks.Answer.Ran(var runs, var ready) -> {
        var base = Validation.needsBase(runs) ? onBase(job) : ready;
        var judged = Validation.judge(job.contract(), guarded, runs, base);
        var errors =
            judged.diagnostics().stream()
                .filter(found -> found.severity() == Diagnostic.Severity.ERROR)
                .count();
        yield new Ballot(judged.verdict(), errors, judged.summary());
      }
    };
  }

  /// Validation will say the same, in words a person can act on.
  private static Ballot unweighed(String reason) {
    return new Ballot(Evidence.Verdict.UNPROVEN, 0, reason);
  }

  private List<CheckRun> onBase(Checks.Job job) throws InterruptedException {
    return checks.onBase(job) instanceof Checks.Answer.Ran(var base, _) ? base : List.of();
  }
}

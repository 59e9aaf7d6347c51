package dev.millwright.app;

import dev.millwright.release.port.Verifier;
import dev.millwright.shared.line.Assignment;
import dev.millwright.shared.workitem.Change;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Evidence;
import dev.millwright.shared.workspace.Detection;
import dev.millwright.validation.actor.ValidationStage;
import dev.millwright.validation.adapter.MirrorChanges;
import dev.millwright.validation.adapter.SandboxedChecks;
import dev.millwright.validation.domain.CheckRun;
import dev.millwright.validation.domain.Validation;
import dev.millwright.validation.domain.ValidationSettings;
import dev.millwright.validation.port.Checks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// The checks, once for validation and once more for what release is about to land.
record Checking(Workshop workshop, SandboxedChecks checks) implements Verifier {
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
    try {
      var folder = Files.createDirectories(workshop.data().resolve("checks"));
      var log = Files.createTempFile(folder, "landing-", ".log");
      try {
        var job = new Checks.Job(work.item(), contract, revision, Set.of(), log, work::say);
        return said(job, checks.onChange(job));
      } finally {
        Files.deleteIfExists(log);
      }
    } catch (IOException e) {
      return new Said.Unknown("the log of the checks cannot be written: " + e.getMessage());
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

  private List<CheckRun> onBase(Checks.Job job) throws InterruptedException {
    return checks.onBase(job) instanceof Checks.Answer.Ran(var base, _) ? base : List.of();
  }
}

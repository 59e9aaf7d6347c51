package dev.millwright.app;

import dev.millwright.shared.settings.RepoSettings;
import dev.millwright.shared.workitem.Evidence;
import dev.millwright.shared.workspace.GitException;
import dev.millwright.triage.domain.Readiness;
import dev.millwright.triage.port.BaseChecks;
import dev.millwright.validation.adapter.SandboxedChecks;
import dev.millwright.validation.domain.CheckRun;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// What validation knows of a repository's checks, for triage: what they said about the base commit
/// if they ran on it, else which there would be.
final class Preparedness implements BaseChecks {
  private static final int MOST_REMEMBERED = 200;

  private final Workshop workshop;
  private final SandboxedChecks checks;
  private final Map<String, Optional<String>> found = new ConcurrentHashMap<>();

  Preparedness(Workshop workshop, SandboxedChecks checks) {
    this.workshop = workshop;
    this.checks = checks;
  }

  @Override
  public Readiness of(RepoSettings repo, String commit, boolean named) {
    return checks
        .remembered(repo.name(), commit)
        .filter(runs -> !runs.isEmpty())
        .map(Preparedness::ran)
        .orElseGet(
            () -> named ? new Readiness.Untried(List.of("its own")) : discovered(repo, commit));
  }

  private static Readiness ran(List<CheckRun> runs) {
    var failed =
        runs.stream()
            .filter(run -> run.status() != Evidence.Status.PASSED)
            .flatMap(Preparedness::names);
    var failures = failed.toList();
    return failures.isEmpty()
        ? new Readiness.Green(runs.stream().map(run -> run.check().name()).toList())
        : new Readiness.Red(failures);
  }

  private static Stream<String> names(CheckRun run) {
    return run.failures().isEmpty()
        ? Stream.of(run.check().name())
        : run.failures().stream().map(CheckRun.TestFailure::name);
  }

  /// A commit's files never change, so each is looked at once.
  private Readiness discovered(RepoSettings repo, String commit) {
    try {
      if (found.size() >= MOST_REMEMBERED) {
        found.clear();
      }
      return found
          .computeIfAbsent(
              repo.name() + "@" + commit,
              _ -> SandboxedChecks.found(workshop.mirror(repo).listFiles(commit)))
          .<Readiness>map(tool -> new Readiness.Untried(List.of(tool)))
          .orElseGet(Readiness.NoChecks::new);
    } catch (GitException e) {
      return new Readiness.Unknown("its files cannot be listed");
    }
  }
}

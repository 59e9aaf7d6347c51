package dev.millwright.triage.adapter;

import dev.millwright.shared.settings.RepoSettings;
import dev.millwright.shared.workspace.GitException;
import dev.millwright.shared.workspace.GitResult;
import dev.millwright.shared.workspace.Mirror;
import dev.millwright.triage.port.RepositoryPolicy;
import java.util.function.Function;

/// Reads the policy file of a repository from its mirror, at the commit its base branch has now.
public final class MirrorRepositoryPolicy implements RepositoryPolicy {
  private final Function<RepoSettings, Mirror> mirrors;

  public MirrorRepositoryPolicy(Function<RepoSettings, Mirror> mirrors) {
    this.mirrors = mirrors;
  }

  @Override
  public Answer read(RepoSettings repo) {
    try {
      var mirror = mirrors.apply(repo);
      var refreshed = mirror.refresh();
      var base = mirror.resolve(repo.base());
      if (base.isEmpty()) {
        return new Answer.Unreachable(
            refreshed instanceof GitResult.Failed(_, var stderr)
                ? repo.name() + " cannot be fetched: " + lastLine(stderr)
                : repo.name() + " has no branch " + repo.base());
      }
      var commit = base.get();
      return mirror
          .readFile(commit, repo.workflow())
          .map(bytes -> WorkflowFile.read(bytes, repo.workflow(), commit))
          .orElseGet(
              () -> new Answer.Found(dev.millwright.triage.domain.RepositoryRules.NONE, commit));
    } catch (GitException e) {
      return new Answer.Unreachable(repo.name() + " cannot be read: " + e.getMessage());
    }
  }

  private static String lastLine(String text) {
    var lines = text.strip().lines().toList();
    return lines.isEmpty() ? "git said nothing" : lines.getLast();
  }
}

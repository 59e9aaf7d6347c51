package dev.millwright.triage.adapter;

import dev.millwright.shared.settings.RepoSettings;
import dev.millwright.shared.workspace.GitException;
import dev.millwright.shared.workspace.GitResult;
import dev.millwright.shared.workspace.Mirror;
import dev.millwright.triage.domain.RepositoryRules;
import dev.millwright.triage.port.RepositoryPolicy;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/// Reads the policy file of a repository from its mirror, at the commit its base branch has now;
/// the operator's, where there is one for this repository.
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
      var own = repo.policy();
      return own == null
          ? rules(mirror, base.get(), repo.workflow())
          : WorkflowFile.read(own.getBytes(StandardCharsets.UTF_8), repo.workflow(), base.get());
    } catch (GitException e) {
      return new Answer.Unreachable(repo.name() + " cannot be read: " + e.getMessage());
    }
  }

  /// A file that is there and cannot be read is not the same as none: it may hold limits.
  private static Answer rules(Mirror mirror, String commit, String path) {
    var file = mirror.readFile(commit, path);
    if (file.isPresent()) {
      return WorkflowFile.read(file.get(), path, commit);
    }
    return mirror.listFiles(commit).contains(path)
        ? new Answer.Unusable(path + " is a link or too large, where a small file was expected")
        : new Answer.Found(RepositoryRules.NONE, commit);
  }

  private static String lastLine(String text) {
    var lines = text.strip().lines().toList();
    return lines.isEmpty() ? "git said nothing" : lines.getLast();
  }
}

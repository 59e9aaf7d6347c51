package dev.millwright.triage.port;

import dev.millwright.shared.settings.RepoSettings;
import dev.millwright.triage.domain.RepositoryRules;

/// A repository's own rules, as its base branch has them at this moment.
///
/// Reading is idempotent and may go to the network. What an unmerged change says about the rules
/// never counts. Called on virtual threads, by several at once.
public interface RepositoryPolicy {

  /// Reads the rules of a repository.
  Answer read(RepoSettings repo);

  /// What came of reading.
  sealed interface Answer {
    /// The rules, and the commit they were read at.
    record Found(RepositoryRules rules, String commit) implements Answer {}

    /// The file is there but says something no factory can follow; working without it could widen
    /// what the repository allows.
    record Unusable(String reason) implements Answer {}

    /// The repository cannot be reached now.
    record Unreachable(String reason) implements Answer {}
  }
}

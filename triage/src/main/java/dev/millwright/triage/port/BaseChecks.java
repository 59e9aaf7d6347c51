package dev.millwright.triage.port;

import dev.millwright.shared.settings.RepoSettings;
import dev.millwright.triage.domain.Readiness;

/// What is known of a repository's own checks on a commit. Looks, and runs nothing.
@FunctionalInterface
public interface BaseChecks {
  /// What is known now.
  ///
  /// @param commit of the base branch
  /// @param named whether the repository's rules name checks
  Readiness of(RepoSettings repo, String commit, boolean named);
}

package dev.millwright.triage.adapter;

import dev.millwright.shared.settings.RepoSettings;
import dev.millwright.triage.domain.RepositoryRules;
import dev.millwright.triage.port.RepositoryPolicy;

/// Says what it was told to say, for tests.
public record ScriptedRepositoryPolicy(Answer answer) implements RepositoryPolicy {

  public static ScriptedRepositoryPolicy of(RepositoryRules rules) {
    return new ScriptedRepositoryPolicy(new Answer.Found(rules, "0".repeat(40)));
  }

  @Override
  public Answer read(RepoSettings repo) {
    return answer;
  }
}

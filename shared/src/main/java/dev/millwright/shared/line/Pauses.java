package dev.millwright.shared.line;

import dev.millwright.shared.workitem.Stage;
import java.util.Set;

/// What takes nothing new at the moment.
public record Pauses(Set<Stage> stages, Set<String> repos) {
  public static final Pauses NONE = new Pauses(Set.of(), Set.of());

  public Pauses {
    stages = Set.copyOf(stages);
    repos = Set.copyOf(repos);
  }

  boolean paused(Stage stage) {
    return stages.contains(stage);
  }

  boolean paused(String repo) {
    return repos.contains(repo);
  }
}

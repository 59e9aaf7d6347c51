package dev.millwright.shared.line;

import dev.millwright.shared.workitem.Stage;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What takes nothing new at the moment.
public record Pauses(Set<Stage> stages, Set<String> repos) {
  public static final Pauses NONE = new Pauses(Set.of(), Set.of());
  public static final Pauses EVERYTHING = new Pauses(EnumSet.allOf(Stage.class), Set.of());

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

  /// With a stage or a repository more; with neither, every stage.
  Pauses and(@Nullable Stage stage, @Nullable String repo) {
    if (stage == null && repo == null) {
      return new Pauses(EVERYTHING.stages(), repos);
    }
    return new Pauses(with(stages, stage), with(repos, repo));
  }

  /// Without a stage or a repository; with neither, nothing is paused any more.
  Pauses without(@Nullable Stage stage, @Nullable String repo) {
    if (stage == null && repo == null) {
      return NONE;
    }
    return new Pauses(without(stages, stage), without(repos, repo));
  }

  private static <T> Set<T> with(Set<T> set, @Nullable T more) {
    var larger = new HashSet<>(set);
    if (more != null) {
      larger.add(more);
    }
    return larger;
  }

  private static <T> Set<T> without(Set<T> set, @Nullable T less) {
    var smaller = new HashSet<>(set);
    if (less != null) {
      smaller.remove(less);
    }
    return smaller;
  }
}

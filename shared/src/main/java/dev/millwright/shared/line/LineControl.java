package dev.millwright.shared.line;

import dev.millwright.shared.workitem.Stage;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// What an operator sees of the line and may do to it.
public interface LineControl {
  /// The six stages as they are now, in order.
  CompletionStage<Overview> overview();

  /// Takes nothing new for a stage, a repository, or, with neither, for the whole line.
  ///
  /// Running attempts go on. Pausing twice is pausing once. Survives a restart.
  CompletionStage<Overview> pause(@Nullable Stage stage, @Nullable String repo);

  /// Undoes `pause` with the same arguments; with neither, everything runs again.
  CompletionStage<Overview> resume(@Nullable Stage stage, @Nullable String repo);

  /// One stage's load.
  record StageLoad(Stage stage, int capacity, int running, int queued, boolean paused) {}

  /// The whole line.
  record Overview(List<StageLoad> stages, List<String> pausedRepos) {
    public Overview {
      stages = List.copyOf(stages);
      pausedRepos = List.copyOf(pausedRepos);
    }
  }
}

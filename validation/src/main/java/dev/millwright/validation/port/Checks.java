package dev.millwright.validation.port;

import dev.millwright.shared.workitem.Change;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Diagnostic;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.validation.domain.CheckRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Runs a project's checks on exact commits, isolated and within limits.
///
/// May be called for several items at once; one repository's dependencies are fetched by one at a
/// time. An interrupt kills what runs. Nothing is left on disk but caches.
public interface Checks {

  /// Makes the environment ready and runs the checks on the change's commit, without a network.
  Answer onChange(Job job) throws InterruptedException;

  /// Runs the same checks under the same conditions on the base commit; remembered per commit.
  Answer onBase(Job job) throws InterruptedException;

  /// What has to be known about whatever they say here, for the evidence: that nothing isolates
  /// them.
  default Optional<Diagnostic> caveat() {
    return Optional.empty();
  }

  /// What is to be checked.
  ///
  /// @param touched paths the change touches, to know whether dependencies have to be fetched anew
  /// @param log a file everything the checks print is appended to
  /// @param say hears what is going on, a line at a time
  record Job(
      ItemId item,
      Contract contract,
      Change.Revision revision,
      Set<String> touched,
      Path log,
      Consumer<String> say) {
    public Job {
      touched = Set.copyOf(touched);
    }
  }

  /// What came of it.
  sealed interface Answer {
    /// The checks ran; what they found is in their runs.
    ///
    /// @param ready what the base commit said when its dependencies were fetched; it had a network
    record Ran(List<CheckRun> runs, List<CheckRun> ready) implements Answer {
      public Ran {
        runs = List.copyOf(runs);
        ready = List.copyOf(ready);
      }
    }

    /// Nothing can be run here until an operator does something.
    record Missing(String reason, String fix) implements Answer {}

    /// Something outside failed; it may work later.
    record Failed(String reason) implements Answer {}
  }
}

package dev.millwright.release.port;

import dev.millwright.shared.line.Assignment;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Diagnostic;
import java.util.List;

/// Runs an item's checks on another commit: its change combined with what landed meanwhile.
public interface Verifier {
  /// Runs them in a clean checkout of exactly this commit of the repository's mirror. What fails on
  /// the base in the same way is not held against it. An interrupt stops everything it started.
  Said verify(Assignment work, Contract contract, String base, String commit)
      throws InterruptedException;

  /// What the checks said.
  sealed interface Said {
    record Green(String summary) implements Said {}

    record Red(String summary, List<Diagnostic> diagnostics) implements Said {
      public Red {
        diagnostics = List.copyOf(diagnostics);
      }
    }

    /// They could not be run; it may succeed later.
    record Unknown(String reason) implements Said {}
  }
}

package dev.millwright.codegen.port;

import dev.millwright.shared.line.Assignment;
import dev.millwright.shared.workitem.Change;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Evidence;

/// Weighs one of several changes for the same contract, by the checks that validation would run.
@FunctionalInterface
public interface Jury {
  /// Runs guards and checks on the change. An interrupt stops everything it started.
  Ballot weigh(Assignment work, Contract contract, Change change) throws InterruptedException;

  /// What was found.
  ///
  /// @param errors findings that speak against the change
  record Ballot(Evidence.Verdict verdict, long errors, String summary) {}
}

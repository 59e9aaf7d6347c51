package dev.millwright.validation.domain;

import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Diagnostic;
import dev.millwright.shared.workitem.Evidence;
import dev.millwright.shared.workitem.Evidence.Status;
import dev.millwright.shared.workitem.Evidence.Tests;
import java.time.Duration;
import java.util.List;

/// One check, run once on one commit.
///
/// @param failures tests that failed, by name
/// @param findings what else was found in its output, such as compiler errors
public record CheckRun(
    Contract.Check check,
    Status status,
    Duration took,
    Tests tests,
    List<TestFailure> failures,
    List<Diagnostic> findings,
    String ending) {
  public CheckRun {
    failures = List.copyOf(failures);
    findings = List.copyOf(findings);
  }

  /// A test that failed: `com.acme.OrderTest.adds_up`, what it said, and where if that is known.
  public record TestFailure(String name, Diagnostic diagnostic) {}

  boolean passed() {
    return status == Status.PASSED;
  }

  Evidence.CheckResult result(String summary) {
    return new Evidence.CheckResult(check.name(), check.command(), status, took, tests, summary);
  }
}

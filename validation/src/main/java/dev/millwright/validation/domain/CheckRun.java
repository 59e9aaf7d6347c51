package dev.millwright.validation.domain;

import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Diagnostic;
import dev.millwright.shared.workitem.Evidence;
import dev.millwright.shared.workitem.Evidence.Status;
import dev.millwright.shared.workitem.Evidence.Tests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

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
  private static final String FLAKY = "flaky";

  public CheckRun {
    failures = List.copyOf(failures);
    findings = List.copyOf(findings);
  }

  /// A test that failed: `com.acme.OrderTest.adds_up`, what it said, and where if that is known.
  public record TestFailure(String name, Diagnostic diagnostic) {}

  /// The same, with tests named that failed and passed without a change in between.
  public CheckRun flaky(List<String> names) {
    var more = new ArrayList<>(findings);
    names.forEach(name ->
        more.add(
            new Diagnostic(
                Diagnostic.Severity.WARNING,
                FLAKY,
                name + " failed and passed when it ran again: it is flaky",
                null,
                0)));
    return new CheckRun(check, status, took, tests, failures, more, ending);
  }

  /// What counts after a second run: whatever passed there was flaky.
  public CheckRun rerun(CheckRun second) {
    var still = second.failures().stream().map(TestFailure::name).collect(Collectors.toSet());
    var flaky =
        failures.stream().map(TestFailure::name).filter(name -> !still.contains(name)).toList();
    // A second run that never got to its tests says nothing about them.
    return second.passed() || !still.isEmpty() ? second.flaky(flaky) : this;
  }

  List<Diagnostic> flakiness() {
    return findings.stream().filter(finding -> finding.source().equals(FLAKY)).toList();
  }

  /// What was found beside flaky tests.
  List<Diagnostic> faults() {
    return findings.stream().filter(finding -> !finding.source().equals(FLAKY)).toList();
  }

  boolean passed() {
    return status == Status.PASSED;
  }

  /// A failed run whose other tests passed still says something about the change.
  boolean provesSomething() {
    return passed() || tests.run() - tests.failed() - tests.skipped() > 0;
  }

  Evidence.CheckResult result(String summary) {
    return new Evidence.CheckResult(check.name(), check.command(), status, took, tests, summary);
  }
}

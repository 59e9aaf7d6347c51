package dev.millwright.shared.workitem;

import java.time.Duration;
import java.util.List;

/// Validation's part: what the checks said about one exact commit; another commit voids it.
///
/// @param log everything the checks printed, as an artifact
public record Evidence(
    String commit,
    Verdict verdict,
    List<CheckResult> checks,
    List<Diagnostic> diagnostics,
    ArtifactRef log)
    implements Part {
  public Evidence {
    checks = List.copyOf(checks);
    diagnostics = List.copyOf(diagnostics);
  }

  /// Whether the commit may go on. What is unproven may, to a person who is told so: nothing speaks
  /// against it, and no check or test that passed speaks for it.
  public enum Verdict {
    PASSED,
    UNPROVEN,
    FAILED
  }

  /// One check and what it said.
  public record CheckResult(
      String name, String command, Status status, Duration took, Tests tests, String summary) {}

  /// How a check ended.
  public enum Status {
    PASSED,
    FAILED,
    TIMED_OUT,
    NOT_RUN
  }

  /// Test counts as the check's own reports give them.
  public record Tests(int run, int failed, int skipped) {
    public static final Tests NONE = new Tests(0, 0, 0);
  }
}

package dev.millwright.shared.workitem;

import org.jspecify.annotations.Nullable;

/// One finding an agent or a person can act on.
///
/// @param source the check that said so, such as `tests` or `boundary`
/// @param line 0 when the finding has no line
public record Diagnostic(
    Severity severity, String source, String message, @Nullable String file, int line) {
  /// How much a finding matters.
  public enum Severity {
    ERROR,
    WARNING,
    NOTE
  }

  public static Diagnostic error(String source, String message) {
    return new Diagnostic(Severity.ERROR, source, message, null, 0);
  }

  public static Diagnostic error(String source, String message, String file, int line) {
    return new Diagnostic(Severity.ERROR, source, message, file, line);
  }
}

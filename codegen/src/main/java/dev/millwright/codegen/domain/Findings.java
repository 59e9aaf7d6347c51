package dev.millwright.codegen.domain;

import dev.millwright.shared.workitem.Diagnostic;
import java.util.Locale;

/// Findings as an agent reads them: place first, then who says what.
final class Findings {
  private Findings() {}

  static String line(Diagnostic finding) {
    var place =
        finding.file() == null
            ? ""
            : finding.line() > 0
                ? finding.file() + ":" + finding.line() + ": "
                : finding.file() + ": ";
    return "- %s%s: [%s] %s"
        .formatted(
            place,
            finding.severity().name().toLowerCase(Locale.ROOT),
            finding.source(),
            finding.message().strip());
  }
}

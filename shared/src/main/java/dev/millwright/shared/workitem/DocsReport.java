package dev.millwright.shared.workitem;

import java.util.List;

/// Documentation's part: what the landed change made false, and the items raised to mend it.
public record DocsReport(String summary, List<Diagnostic> drift, List<String> raised)
    implements Part {
  public DocsReport {
    drift = List.copyOf(drift);
    raised = List.copyOf(raised);
  }
}

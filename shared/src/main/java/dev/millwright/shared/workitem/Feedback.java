package dev.millwright.shared.workitem;

import java.util.List;

/// What a later stage or a reviewer sent back, for the next attempt to answer.
public record Feedback(Stage from, Stage to, String summary, List<Diagnostic> diagnostics) {
  public Feedback {
    diagnostics = List.copyOf(diagnostics);
  }
}

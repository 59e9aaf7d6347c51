package dev.millwright.triage.domain;

import java.util.Map;
import java.util.Set;

/// The facts that only say where a request came from: every ticket and delivery has them, whatever
/// it says.
final class Origin {
  private static final Set<String> NAMES =
      Set.of(
          "board",
          "ticket",
          "identifier",
          "state",
          "branch_name",
          "assignee",
          "blocked_by",
          "created_at",
          "updated_at",
          "hook");

  private Origin() {}

  /// Whether these facts say nothing but that: no recipe, no advisory, no check.
  static boolean isAll(Map<String, String> facts) {
    return NAMES.containsAll(facts.keySet());
  }
}

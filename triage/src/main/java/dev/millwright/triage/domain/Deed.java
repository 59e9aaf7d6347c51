package dev.millwright.triage.domain;

import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Usage;

/// What came of a finished item, read from its journal, never from an agent's own word.
///
/// @param rounds how often codegen was begun
/// @param usage what all its attempts took together
public record Deed(Contract.Route route, End end, int rounds, Usage usage) {
  /// How it ended.
  public enum End {
    /// It landed the first time it was shown.
    LANDED_AT_ONCE,
    /// It landed after a person or a check had sent it back.
    LANDED_REWORKED,
    REJECTED,
    GIVEN_UP
  }

  boolean landed() {
    return switch (end) {
      case LANDED_AT_ONCE, LANDED_REWORKED -> true;
      case REJECTED, GIVEN_UP -> false;
    };
  }
}

package dev.millwright.shared.workitem;

import java.util.Objects;

/// Three things that must never be mixed up, plus attempts lost to crashes of the factory itself.
///
/// @param failures attempts of the current stage that failed in a row
/// @param continuations times the item was sent back for another round
/// @param capacityWaits times it had to wait for room
/// @param losses leases of the current stage that ended without an outcome, in a row
/// @param spent what the attempts took since a person last decided: their time by the factory's own
///   clock, the rest as agents reported it
public record Counters(
    int failures, int continuations, int capacityWaits, int losses, Usage spent) {
  public static final Counters ZERO = new Counters(0, 0, 0, 0, Usage.NONE);

  public Counters {
    // Rows from before it was counted have none.
    spent = Objects.requireNonNullElse(spent, Usage.NONE);
  }

  /// With nothing spent.
  public Counters(int failures, int continuations, int capacityWaits, int losses) {
    this(failures, continuations, capacityWaits, losses, Usage.NONE);
  }

  public Counters failed() {
    return new Counters(failures + 1, continuations, capacityWaits, 0, spent);
  }

  public Counters continued() {
    return new Counters(0, continuations + 1, capacityWaits, 0, spent);
  }

  public Counters waited() {
    return new Counters(failures, continuations, capacityWaits + 1, losses, spent);
  }

  public Counters lost() {
    return new Counters(failures, continuations, capacityWaits, losses + 1, spent);
  }

  public Counters progressed() {
    return new Counters(0, continuations, capacityWaits, 0, spent);
  }

  public Counters spending(Usage more) {
    return new Counters(failures, continuations, capacityWaits, losses, spent.plus(more));
  }
}

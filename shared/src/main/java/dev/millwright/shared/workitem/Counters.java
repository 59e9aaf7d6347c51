package dev.millwright.shared.workitem;

/// Three things that must never be mixed up, plus attempts lost to crashes of the factory itself.
///
/// @param failures attempts of the current stage that failed in a row
/// @param continuations times the item was sent back for another round
/// @param capacityWaits times it had to wait for room
/// @param losses leases of the current stage that ended without an outcome, in a row
public record Counters(int failures, int continuations, int capacityWaits, int losses) {
  public static final Counters ZERO = new Counters(0, 0, 0, 0);

  public Counters failed() {
    return new Counters(failures + 1, continuations, capacityWaits, 0);
  }

  public Counters continued() {
    return new Counters(0, continuations + 1, capacityWaits, 0);
  }

  public Counters waited() {
    return new Counters(failures, continuations, capacityWaits + 1, losses);
  }

  public Counters lost() {
    return new Counters(failures, continuations, capacityWaits, losses + 1);
  }

  public Counters progressed() {
    return new Counters(0, continuations, capacityWaits, 0);
  }
}

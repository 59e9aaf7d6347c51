package dev.millwright.codegen.adapter.gateway;

/// An amount that may be spent, in millionths of a dollar. What a call may cost is set aside before
/// it is made, so that calls at the same time cannot overrun it together.
public final class Spending {
  private final long most;
  private long spent;
  private long reserved;

  public Spending(long most) {
    this.most = most;
  }

  public static Spending unlimited() {
    return new Spending(Long.MAX_VALUE);
  }

  /// Sets an amount aside, unless it is no longer free.
  synchronized boolean reserve(long amount) {
    if (amount > most - spent - reserved) {
      return false;
    }
    reserved += amount;
    return true;
  }

  /// Turns what was set aside into what it really cost.
  synchronized void settle(long amount, long cost) {
    reserved -= amount;
    spent += cost;
  }

  synchronized long spent() {
    return spent;
  }

  long most() {
    return most;
  }
}

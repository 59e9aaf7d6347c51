package dev.millwright.shared.http;

import java.util.concurrent.atomic.AtomicInteger;

/// Lets a bounded number of things happen at once and refuses the rest at once: whoever is turned
/// away can come back, whoever waits in a queue without end cannot.
final class Admission {
  private final int most;
  private final String what;
  private final AtomicInteger inside = new AtomicInteger();

  /// @param what the things, for the refusal's words, such as `event streams are open`
  Admission(int most, String what) {
    this.most = most;
    this.what = what;
  }

  /// Refuses when it is full.
  void check() {
    if (inside.get() >= most) {
      throw ApiError.busy("too many " + what + " (" + most + " at once)").exception();
    }
  }

  void enter() {
    inside.incrementAndGet();
  }

  void leave() {
    inside.decrementAndGet();
  }
}

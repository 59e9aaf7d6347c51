package dev.millwright.shared.http;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// Lets a bounded number of things happen at once and refuses the rest at once: whoever is turned
/// away can come back, whoever waits in a queue without end cannot.
public final class Admission {
  private final int most;
  private final String what;
  private final AtomicInteger inside = new AtomicInteger();

  /// @param what the things, for the refusal's words, such as `signals are being received`
  public Admission(int most, String what) {
    this.most = most;
    this.what = what;
  }

  public <T> CompletionStage<T> admit(Supplier<CompletionStage<T>> work) {
    enter();
    try {
      return work.get().whenComplete((_, _) -> leave());
    } catch (RuntimeException e) {
      leave();
      throw e;
    }
  }

  void enter() {
    if (inside.incrementAndGet() > most) {
      inside.decrementAndGet();
      throw ApiError.busy("too many " + what + " (" + most + " at once)").exception();
    }
  }

  void leave() {
    inside.decrementAndGet();
  }
}

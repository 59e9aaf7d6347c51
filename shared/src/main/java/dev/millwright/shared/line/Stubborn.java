package dev.millwright.shared.line;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks an item until it answers, on the attempt's own thread: a journal that is full or away for a
/// while is no fault of the work that is done.
///
/// What is asked must be idempotent. Ends early only when the attempt is interrupted.
final class Stubborn {
  private static final Logger LOG = LoggerFactory.getLogger(Stubborn.class);
  private static final Duration BETWEEN = Duration.ofSeconds(1);

  private Stubborn() {}

  static void until(Supplier<? extends CompletionStage<?>> ask) throws InterruptedException {
    while (true) {
      try {
        ask.get().toCompletableFuture().get();
        return;
      } catch (ExecutionException e) {
        LOG.warn("event=AskedAgain cause=\"{}\"", String.valueOf(e.getCause()));
        Thread.sleep(BETWEEN);
      }
    }
  }
}

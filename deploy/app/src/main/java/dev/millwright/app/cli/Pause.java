package dev.millwright.app.cli;

import java.time.Duration;

/// Waiting between two looks at a server.
public final class Pause {
  private Pause() {}

  static void aSecond() {
    of(Duration.ofSeconds(1));
  }

  public static void of(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new Failure(Exit.FAILED, "Interrupted.");
    }
  }
}

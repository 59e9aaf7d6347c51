package dev.millwright.shared.workspace;

import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;

/// A run that is over before it began.
record EndedRun(Exit exit) implements Running {
  @Override
  public long pid() {
    return 0;
  }

  @Override
  public OutputStream input() {
    return OutputStream.nullOutputStream();
  }

  @Override
  public Exit await() {
    return exit;
  }

  @Override
  public CompletableFuture<Exit> whenEnded() {
    return CompletableFuture.completedFuture(exit);
  }

  @Override
  public void kill() {
    // Nothing to kill.
  }
}

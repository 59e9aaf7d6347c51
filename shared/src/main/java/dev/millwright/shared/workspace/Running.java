package dev.millwright.shared.workspace;

import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;

/// A run under way. Closing it kills it.
public interface Running extends AutoCloseable {
  /// The process on the host, 0 when nothing started.
  long pid();

  /// What the program reads; only with [Command#interactive()], otherwise writing fails. Close it
  /// to say end of file.
  OutputStream input();

  /// Waits for the end. Interrupting the waiting thread does not end the run; use
  /// [Sandbox#run(Command, Box, OutputListener)] for that.
  Exit await() throws InterruptedException;

  /// Completes with the end, never exceptionally; cancelling it changes nothing.
  CompletableFuture<Exit> whenEnded();

  /// Kills the whole tree, also what was detached from it. Returns at once; may be said twice.
  void kill();

  /// Kills and waits for the end of it.
  @Override
  default void close() {
    kill();
    whenEnded().join();
  }
}

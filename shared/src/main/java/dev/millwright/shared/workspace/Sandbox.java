package dev.millwright.shared.workspace;

import java.nio.file.Path;

/// Runs programs that nobody vouches for. Every adapter promises: the environment is built from
/// nothing; the command's limits hold for the whole tree; when a run has ended no process of it is
/// left, detached ones included; no run outlives this process for longer than the next start's
/// [Sweep]. Safe to use from any thread, but `run` waits: virtual threads only, never an actor.
public interface Sandbox {
  /// For people and logs: `bubblewrap`.
  String name();

  /// Whether what runs inside is kept from the host's files and network.
  boolean isolates();

  /// Whether a box may have [Layers]; one that cannot starts nothing in such a box.
  default boolean layers() {
    return false;
  }

  /// Starts without waiting. Never throws: what cannot start has already ended as
  /// [Exit.NotStarted].
  Running start(Command command, Box box, OutputListener listener);

  /// Where a host path that the box holds is seen from inside.
  String inside(Box box, Path host);

  /// Runs to the end. An interrupt of the waiting thread kills the whole tree, waits until it is
  /// gone and then propagates.
  default Exit run(Command command, Box box, OutputListener listener) throws InterruptedException {
    var running = start(command, box, listener);
    try {
      return running.await();
    } catch (InterruptedException interrupted) {
      running.close();
      throw interrupted;
    }
  }

  /// Runs to the end with nobody listening.
  default Exit run(Command command, Box box) throws InterruptedException {
    return run(command, box, OutputListener.none());
  }
}

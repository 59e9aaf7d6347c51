package dev.millwright.monitoring.port;

import dev.millwright.monitoring.domain.Monitoring.Probed;

/// Asks whether what landed does well: one look, with a time limit of its own.
public interface Probe {
  /// Runs a command in a sandbox on the landed commit, or asks an http(s) address; never throws for
  /// what it finds, only when interrupted.
  ///
  /// @param what the policy's words: an address, or a command line
  Probed look(String repo, String commit, String what) throws InterruptedException;
}

package dev.millwright.monitoring.port;

import java.util.List;

/// How the factory itself is doing; answers from memory and never blocks.
public interface Vitals {
  /// What is not ready yet, in words for an operator; empty when work can be taken.
  List<String> notReady();

  /// Events in the journal that the lists have not read yet.
  long projectionLagEvents();

  /// How old the oldest of them is.
  double projectionLagSeconds();

  /// What is wrong with the settings file while the last good one is in force, each with line, key,
  /// value and fix.
  default List<String> settingsProblems() {
    return List.of();
  }

  /// What is wrong with the boards that work is taken from; the factory goes on without them.
  default List<String> boardProblems() {
    return List.of();
  }

  /// How attempts are isolated: `bubblewrap`, `docker` or `none`.
  String sandbox();
}

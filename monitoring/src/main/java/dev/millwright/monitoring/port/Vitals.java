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

  /// How attempts are isolated: `bubblewrap` or `none`.
  String sandbox();
}

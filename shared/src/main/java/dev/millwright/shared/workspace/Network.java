package dev.millwright.shared.workspace;

/// What a run can reach.
public enum Network {
  /// Its own loopback and nothing else.
  NONE,
  /// Whatever the host reaches.
  HOST
}

package dev.millwright.shared.workspace;

import dev.millwright.shared.settings.SandboxSettings;

/// What a run can reach.
public enum Network {
  /// Its own loopback and nothing else.
  NONE,
  /// Whatever the host reaches.
  HOST;

  /// What agents reach by themselves: the model gateway is no network, but a socket in their box.
  public static Network ofAgents(SandboxSettings settings) {
    return switch (settings.network()) {
      case NONE, MODEL_ONLY -> NONE;
      case HOST -> HOST;
    };
  }

  /// What steps reach that set up an environment or fetch dependencies.
  public static Network ofPreparing(SandboxSettings settings) {
    return switch (settings.network()) {
      case NONE -> NONE;
      case MODEL_ONLY, HOST -> HOST;
    };
  }
}

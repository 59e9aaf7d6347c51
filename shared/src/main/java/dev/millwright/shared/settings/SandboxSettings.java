package dev.millwright.shared.settings;

/// What isolates agents and checks from this machine, and how much of it they may use.
public record SandboxSettings(Kind kind, Network network, long memoryBytes, int pids) {
  public static final SandboxSettings DEFAULT =
      new SandboxSettings(Kind.AUTO, Network.MODEL_ONLY, 4L << 30, 512);

  public SandboxSettings {
    if (memoryBytes < 64L << 20) {
      throw new IllegalArgumentException("sandbox.memory must be at least 64m");
    }
    if (pids < 16) {
      throw new IllegalArgumentException("sandbox.pids must be at least 16, got " + pids);
    }
  }

  SandboxSettings with(Kind newKind) {
    return new SandboxSettings(newKind, network, memoryBytes, pids);
  }

  /// Which isolation is asked for.
  public enum Kind {
    AUTO,
    BUBBLEWRAP,
    DOCKER,
    NONE
  }

  /// What the inside may reach.
  public enum Network {
    /// Nothing.
    NONE,
    /// The model gateway; nothing while there is none.
    MODEL_ONLY,
    /// Whatever this machine reaches.
    HOST
  }
}

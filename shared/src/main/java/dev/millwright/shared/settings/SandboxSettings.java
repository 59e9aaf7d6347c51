package dev.millwright.shared.settings;

/// What isolates agents and checks from this machine, and how much of it they may use.
///
/// @param image what containers are made from; empty where Docker is not to be used
/// @param diskBytes what one run may write
/// @param cpus processors, or a part of one; 0 for all there are
public record SandboxSettings(
    Kind kind,
    String image,
    Network network,
    long memoryBytes,
    int pids,
    long diskBytes,
    double cpus) {
  public static final SandboxSettings DEFAULT =
      new SandboxSettings(Kind.AUTO, "", Network.MODEL_ONLY, 4L << 30, 512, 20L << 30, 0);

  public SandboxSettings {
    if (memoryBytes < 64L << 20) {
      throw new IllegalArgumentException("sandbox.memory must be at least 64m");
    }
    if (pids < 16) {
      throw new IllegalArgumentException("sandbox.pids must be at least 16, got " + pids);
    }
    if (diskBytes < 64L << 20) {
      throw new IllegalArgumentException("sandbox.disk must be at least 64m");
    }
    if (kind == Kind.DOCKER && image.isEmpty()) {
      throw new IllegalArgumentException("sandbox.kind docker needs sandbox.image");
    }
  }

  /// These limits, in the sandbox that runs.
  SandboxSettings inside(SandboxSettings running) {
    return new SandboxSettings(
        running.kind, running.image, network, memoryBytes, pids, diskBytes, cpus);
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

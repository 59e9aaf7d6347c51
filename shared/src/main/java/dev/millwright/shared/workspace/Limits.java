package dev.millwright.shared.workspace;

import dev.millwright.shared.settings.SandboxSettings;
import java.time.Duration;

/// What a run may use before it is ended: wall time, bytes written to stdout and stderr together,
/// memory and processes of the whole tree.
public record Limits(Duration time, long outputBytes, long memoryBytes, int processes) {
  private static final long MIB = 1024L * 1024;

  /// Ten minutes, 64 MiB of output, 4 GiB of memory, 512 processes.
  public static final Limits DEFAULT =
      new Limits(Duration.ofMinutes(10), 64 * MIB, 4096 * MIB, 512);

  /// What the settings allow an attempt.
  public static Limits of(SandboxSettings settings) {
    return DEFAULT.withMemoryBytes(settings.memoryBytes()).withProcesses(settings.pids());
  }

  /// Tells a JVM how much memory it has: from inside a sandbox it sees the machine's.
  public String javaOption() {
    return "-XX:MaxRAM=" + memoryBytes;
  }

  public Limits {
    if (!time.isPositive() || outputBytes <= 0 || memoryBytes <= 0 || processes <= 0) {
      throw new IllegalArgumentException("every limit must be more than nothing");
    }
  }

  public Limits withTime(Duration newTime) {
    return new Limits(newTime, outputBytes, memoryBytes, processes);
  }

  public Limits withOutputBytes(long newBytes) {
    return new Limits(time, newBytes, memoryBytes, processes);
  }

  public Limits withMemoryBytes(long newBytes) {
    return new Limits(time, outputBytes, newBytes, processes);
  }

  public Limits withProcesses(int newProcesses) {
    return new Limits(time, outputBytes, memoryBytes, newProcesses);
  }
}

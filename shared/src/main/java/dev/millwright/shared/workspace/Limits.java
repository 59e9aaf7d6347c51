package dev.millwright.shared.workspace;

import dev.millwright.shared.settings.SandboxSettings;
import java.time.Duration;

/// What a run may use before it is ended: wall time, bytes written to stdout and stderr together,
/// memory and processes of the whole tree, bytes written to disk; and how many processors it may
/// keep busy, which slows it down and does not end it.
///
/// @param cpus processors, or a part of one; 0 for all there are
public record Limits(
    Duration time, long outputBytes, long memoryBytes, int processes, long diskBytes, double cpus) {
  private static final long MIB = 1024L * 1024;

  /// Ten minutes, 64 MiB of output, 4 GiB of memory, 512 processes, 20 GiB of disk, all processors.
  public static final Limits DEFAULT =
      new Limits(Duration.ofMinutes(10), 64 * MIB, 4096 * MIB, 512, 20_480 * MIB, 0);

  /// What the settings allow an attempt.
  public static Limits of(SandboxSettings settings) {
    return new Limits(
        DEFAULT.time,
        DEFAULT.outputBytes,
        settings.memoryBytes(),
        settings.pids(),
        settings.diskBytes(),
        settings.cpus());
  }

  /// Tells a JVM how much memory it has: from inside a sandbox it sees the machine's.
  public String javaOption() {
    return "-XX:MaxRAM=" + memoryBytes;
  }

  public Limits {
    if (!time.isPositive()
        || outputBytes <= 0
        || memoryBytes <= 0
        || processes <= 0
        || diskBytes <= 0) {
      throw new IllegalArgumentException("every limit must be more than nothing");
    }
    if (!(cpus >= 0)) {
      throw new IllegalArgumentException("not a number of processors: " + cpus);
    }
  }

  public Limits withTime(Duration newTime) {
    return new Limits(newTime, outputBytes, memoryBytes, processes, diskBytes, cpus);
  }

  public Limits withOutputBytes(long newBytes) {
    return new Limits(time, newBytes, memoryBytes, processes, diskBytes, cpus);
  }

  public Limits withMemoryBytes(long newBytes) {
    return new Limits(time, outputBytes, newBytes, processes, diskBytes, cpus);
  }

  public Limits withProcesses(int newProcesses) {
    return new Limits(time, outputBytes, memoryBytes, newProcesses, diskBytes, cpus);
  }

  public Limits withDiskBytes(long newBytes) {
    return new Limits(time, outputBytes, memoryBytes, processes, newBytes, cpus);
  }

  public Limits withCpus(double newCpus) {
    return new Limits(time, outputBytes, memoryBytes, processes, diskBytes, newCpus);
  }
}

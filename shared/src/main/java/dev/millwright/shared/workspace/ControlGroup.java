package dev.millwright.shared.workspace;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// One run's control group: one folder in each hierarchy that could be had.
record ControlGroup(List<Path> folders, boolean limited) {
  private static final int ROUNDS = 400;
  private static final long PAUSE_NANOS = 5_000_000;

  /// The files a process writes its pid into to enter.
  List<String> doors() {
    return folders.stream().map(folder -> folder.resolve("cgroup.procs").toString()).toList();
  }

  /// Kills everything in it, whatever session or parent it has. Returns before it is all gone.
  void kill() {
    for (Path folder : folders) {
      Path kill = folder.resolve("cgroup.kill");
      if (Files.exists(kill) && write(kill, "1")) {
        return;
      }
    }
    for (Path folder : folders) {
      members(folder).forEach(Procfs::kill);
    }
  }

  /// Kills until it is empty and takes its folders away.
  void remove() {
    for (int round = 0; round < ROUNDS; round++) {
      boolean gone = true;
      for (Path folder : folders) {
        gone &= removed(folder);
      }
      if (gone) {
        return;
      }
      kill();
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /// Whether the kernel killed something in it for want of memory.
  boolean ranOutOfMemory() {
    return folders.stream()
        .flatMap(folder ->
            java.util.stream.Stream.of("memory.events", "memory.oom_control").map(folder::resolve))
        .flatMap(file -> lines(file).stream())
        .anyMatch(line -> line.startsWith("oom_kill ") && !line.equals("oom_kill 0"));
  }

  private static boolean removed(Path folder) {
    try {
      Files.deleteIfExists(folder);
      Files.deleteIfExists(folder.getParent());
      return true;
    } catch (DirectoryNotEmptyException _) {
      return !Files.exists(folder);
    } catch (IOException _) {
      // Busy: the run's own folder while it has processes, the parent while it has other runs.
      return !Files.exists(folder);
    }
  }

  private static List<Long> members(Path folder) {
    return lines(folder.resolve("cgroup.procs")).stream().map(Long::valueOf).toList();
  }

  static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException _) {
      return List.of();
    }
  }

  static boolean write(Path file, String value) {
    try {
      Files.writeString(file, value, java.nio.file.StandardOpenOption.WRITE);
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}

package dev.millwright.shared.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/// What the kernel says about processes.
final class Procfs {
  /// The variable every run's first process carries, so that its children can be told by it.
  static final String COOKIE = "MILLWRIGHT_RUN";

  private static final Path PROC = Path.of("/proc");
  private static final int START_TIME_FIELD = 19;

  private Procfs() {}

  /// Ticks between boot and the process's start: with the pid and the boot it names a process once.
  static OptionalLong startTime(long pid) {
    try {
      String stat = Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
      // The name in parentheses may hold anything, also parentheses and spaces.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).trim().split(" ");
      return OptionalLong.of(Long.parseLong(fields[START_TIME_FIELD]));
    } catch (IOException | RuntimeException _) {
      return OptionalLong.empty();
    }
  }

  static String bootId() {
    try {
      return Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
    } catch (IOException _) {
      return "unknown";
    }
  }

  /// Kills a process only if it still is the one that was meant.
  static boolean kill(long pid, long startTime) {
    var now = startTime(pid);
    return now.isPresent() && now.getAsLong() == startTime && kill(pid);
  }

  static boolean kill(long pid) {
    return pid > 1
        && pid != ProcessHandle.current().pid()
        && ProcessHandle.of(pid).map(ProcessHandle::destroyForcibly).orElse(false);
  }

  /// Kills every process that carries the cookie of one of these runs, until none is left. What
  /// changed its environment is not found; a control group finds that.
  static int killMarked(Set<String> runs) {
    int killed = 0;
    for (int round = 0; round < 20; round++) {
      var found = marked(runs);
      if (found.isEmpty()) {
        return killed;
      }
      killed += (int) found.stream().filter(Procfs::kill).count();
    }
    return killed;
  }

  private static List<Long> marked(Set<String> runs) {
    if (runs.isEmpty()) {
      return List.of();
    }
    var marks = runs.stream().map(run -> COOKIE + "=" + run).collect(Collectors.toSet());
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(pid -> environment(pid).map(marks::contains).orElse(false))
        .toList();
  }

  /// The cookie among a process's variables.
  private static Optional<String> environment(long pid) {
    try {
      String all =
          new String(
              Files.readAllBytes(PROC.resolve(pid + "/environ")), StandardCharsets.ISO_8859_1);
      int at = all.startsWith(COOKIE + "=") ? 0 : all.indexOf('\0' + COOKIE + "=") + 1;
      if (at == 0 && !all.startsWith(COOKIE + "=")) {
        return Optional.empty();
      }
      int end = all.indexOf('\0', at);
      return Optional.of(all.substring(at, end < 0 ? all.length() : end));
    } catch (IOException | RuntimeException _) {
      return Optional.empty();
    }
  }
}

package dev.millwright.shared.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What is running, on disk: one folder per run in `data/processes`, written before the run starts
/// and deleted after its end, so that the next process knows what this one may have left behind.
final class Runs {
  private final Path folder;
  private final ControlGroups groups;

  Runs(Path data) {
    this(data, ControlGroups.of(data));
  }

  Runs(Path data, ControlGroups groups) {
    this.folder = data.toAbsolutePath().normalize().resolve("processes");
    this.groups = groups;
  }

  ControlGroups groups() {
    return groups;
  }

  /// A run about to start: its name is its cookie, its folder private to this user.
  record Run(String name, Path folder, Optional<ControlGroup> group) {
    Path file(String file) {
      return folder.resolve(file);
    }

    /// Notes the process, so that it can be told from a later one with the same pid.
    void started(long pid) {
      Procfs.startTime(pid)
          .ifPresent(start -> append(folder, List.of("pid=" + pid, "start=" + start)));
    }

    /// Notes where its container can be found: it outlives this process.
    void contained(String engine, String label) {
      append(folder, List.of("engine=" + engine, "label=" + label));
    }

    /// Nothing of it is left: forget it.
    void end() {
      group.ifPresent(ControlGroup::remove);
      try {
        Trees.delete(folder);
      } catch (IOException _) {
        // The next start's sweep finds it and tries again.
      }
    }
  }

  /// What a record says about a run of an earlier process.
  ///
  /// @param containers where its containers are, if it had any
  record Left(
      String name,
      Path folder,
      String boot,
      List<Path> groups,
      Containers containers,
      long pid,
      long start) {}

  /// Containers of one data directory in one engine; both empty for none.
  record Containers(String engine, String label) {}

  Run open(Limits limits) throws IOException {
    String name = "run-" + UUID.randomUUID();
    Path own = folder.resolve(name);
    Files.createDirectories(folder);
    Files.createDirectory(
        own, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    var group = groups.open(name, limits);
    var lines = new ArrayList<String>();
    lines.add("boot=" + Procfs.bootId());
    group.ifPresent(found -> found.folders().forEach(path -> lines.add("group=" + path)));
    append(own, lines);
    return new Run(name, own, group);
  }

  List<Left> left() {
    var left = new ArrayList<Left>();
    try (var runs = Files.newDirectoryStream(folder, "run-*")) {
      runs.forEach(run -> left.add(read(run)));
    } catch (IOException _) {
      // No run was ever started here.
    }
    return left;
  }

  private static Left read(Path run) {
    String boot = "";
    String engine = "";
    String label = "";
    var groups = new ArrayList<Path>();
    long pid = 0;
    long start = 0;
    for (String line : ControlGroup.lines(run.resolve("record"))) {
      String value = line.substring(line.indexOf('=') + 1);
      switch (line.substring(0, Math.max(0, line.indexOf('=')))) {
        case "boot" -> boot = value;
        case "group" -> groups.add(Path.of(value));
        case "engine" -> engine = value;
        case "label" -> label = value;
        case "pid" -> pid = number(value);
        case "start" -> start = number(value);
        default -> {
          // A line cut short by the crash.
        }
      }
    }
    var containers = new Containers(engine, label);
    return new Left(
        run.getFileName().toString(), run, boot, List.copyOf(groups), containers, pid, start);
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  private static void append(Path folder, List<String> lines) {
    try {
      Files.write(
          folder.resolve("record"), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException _) {
      // The cookie in the process's environment still tells whose it is.
    }
  }
}

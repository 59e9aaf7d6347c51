package dev.millwright.shared.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// The control groups of one data directory, below this process's own group, so that limits set on
/// the factory hold for its runs. Knows pure v2, pure v1 and the hybrid of both.
final class ControlGroups {
  private static final String SELF = "millwright-self";
  private static final long CPU_PERIOD_MICROS = 100_000;

  private final String name;
  private final List<Path> parents;

  private ControlGroups(String name, List<Path> parents) {
    this.name = name;
    this.parents = List.copyOf(parents);
  }

  /// Finds the hierarchies in which groups can be made; maybe none.
  static ControlGroups of(Path data) {
    var parents = new ArrayList<Path>();
    for (Path own : ownFolders()) {
      Path parent = own.endsWith(SELF) ? own.getParent() : own;
      if (parent != null && Files.isWritable(parent)) {
        delegate(parent);
        parents.add(parent);
      }
    }
    return new ControlGroups("millwright-" + fingerprint(data), parents);
  }

  /// As where nothing may be written: an ordinary user, a plain container.
  static ControlGroups none() {
    return new ControlGroups("millwright-none", List.of());
  }

  /// A group for one run; empty when not even one hierarchy lets us.
  Optional<ControlGroup> open(String run, Limits limits) {
    var folders = new ArrayList<Path>();
    boolean memory = false;
    boolean processes = false;
    for (Path parent : parents) {
      Path shared = parent.resolve(name);
      boolean needed = limits.cpus() > 0 || !onlyProcessors(parent);
      if (!needed || !made(shared, run)) {
        continue;
      }
      Path folder = shared.resolve(run);
      folders.add(folder);
      String bytes = Long.toString(limits.memoryBytes());
      memory |= set(folder, "memory.max", bytes) || set(folder, "memory.limit_in_bytes", bytes);
      set(folder, "memory.swap.max", "0");
      set(folder, "memory.memsw.limit_in_bytes", bytes);
      processes |= set(folder, "pids.max", Integer.toString(limits.processes()));
      if (limits.cpus() > 0) {
        long micros = Math.max(1_000, (long) (limits.cpus() * CPU_PERIOD_MICROS));
        set(folder, "cpu.max", micros + " " + CPU_PERIOD_MICROS);
        set(folder, "cpu.cfs_period_us", Long.toString(CPU_PERIOD_MICROS));
        set(folder, "cpu.cfs_quota_us", Long.toString(micros));
      }
    }
    return folders.isEmpty()
        ? Optional.empty()
        : Optional.of(new ControlGroup(List.copyOf(folders), memory && processes));
  }

  /// Groups an earlier process of this data directory left behind.
  List<ControlGroup> left() {
    var left = new ArrayList<ControlGroup>();
    for (Path parent : parents) {
      try (var runs = Files.newDirectoryStream(parent.resolve(name), Files::isDirectory)) {
        runs.forEach(run -> left.add(new ControlGroup(List.of(run), false)));
      } catch (IOException _) {
        // None was ever made here.
      }
    }
    return left;
  }

  /// Whether a path out of a record can be one of our groups.
  boolean owns(Path folder) {
    Path parent = folder.getParent();
    return folder.startsWith("/sys/fs/cgroup")
        && folder.normalize().equals(folder)
        && parent != null
        && parent.endsWith(name);
  }

  private static boolean made(Path shared, String run) {
    Path folder = shared.resolve(run);
    // Another run's end may take the shared parent away in between: then once more.
    for (int round = 0; round < 10; round++) {
      try {
        Files.createDirectories(shared);
        handDown(shared);
        Files.createDirectory(folder);
        return true;
      } catch (java.nio.file.NoSuchFileException _) {
        // Round again.
      } catch (IOException _) {
        return false;
      }
    }
    return false;
  }

  /// In pure v2 a group with processes of its own cannot hand controllers down. Alone in ours, we
  /// move one down first; with others in it, limits fall back to rlimits.
  private static void delegate(Path own) {
    Path control = own.resolve("cgroup.subtree_control");
    if (!Files.exists(control) || handDown(own)) {
      return;
    }
    String self = Long.toString(ProcessHandle.current().pid());
    if (ControlGroup.lines(own.resolve("cgroup.procs")).equals(List.of(self))) {
      try {
        Path inner = Files.createDirectories(own.resolve(SELF));
        ControlGroup.write(inner.resolve("cgroup.procs"), self);
        handDown(own);
      } catch (IOException _) {
        // Then without controllers; killing by group works all the same.
      }
    }
  }

  /// What is missing here is missing below; the rest is handed down all the same.
  private static boolean handDown(Path folder) {
    var _ = set(folder, "cgroup.subtree_control", "+cpu");
    return set(folder, "cgroup.subtree_control", "+memory +pids");
  }

  /// A v1 hierarchy that can slow a run down and nothing else.
  private static boolean onlyProcessors(Path parent) {
    return Files.exists(parent.resolve("cpu.shares"))
        && !Files.exists(parent.resolve("memory.usage_in_bytes"))
        && !Files.exists(parent.resolve("pids.current"));
  }

  private static boolean set(Path folder, String file, String value) {
    Path path = folder.resolve(file);
    return Files.exists(path) && ControlGroup.write(path, value);
  }

  /// This process's folder in the unified hierarchy and in v1's memory, pids and cpu.
  private static List<Path> ownFolders() {
    var folders = new ArrayList<Path>();
    for (String line : ControlGroup.lines(Path.of("/proc/self/cgroup"))) {
      String[] parts = line.split(":", 3);
      if (parts.length == 3) {
        mount(List.of(parts[1].split(","))).ifPresent(at -> folders.add(below(at, parts[2])));
      }
    }
    return folders;
  }

  private record Mount(String root, Path point) {}

  private static Path below(Mount mount, String path) {
    String rest =
        mount.root.equals("/")
            ? path
            : path.startsWith(mount.root) ? path.substring(mount.root.length()) : "/";
    Path folder = Path.of(mount.point + rest).normalize();
    return Files.isDirectory(folder) && folder.startsWith(mount.point) ? folder : mount.point;
  }

  private static Optional<Mount> mount(List<String> controllers) {
    boolean unified = controllers.equals(List.of(""));
    if (!unified && controllers.stream().noneMatch(List.of("memory", "pids", "cpu")::contains)) {
      return Optional.empty();
    }
    for (String line : ControlGroup.lines(Path.of("/proc/self/mountinfo"))) {
      String[] halves = line.split(" - ", 2);
      String[] left = halves[0].split(" ");
      String[] right = halves.length == 2 ? halves[1].split(" ") : new String[0];
      if (left.length < 5 || right.length < 3) {
        continue;
      }
      boolean fits =
          unified
              ? right[0].equals("cgroup2")
              : right[0].equals("cgroup") && List.of(right[2].split(",")).containsAll(controllers);
      if (fits) {
        return Optional.of(new Mount(left[3], Path.of(left[4])));
      }
    }
    return Optional.empty();
  }

  /// A short name for a data directory.
  static String fingerprint(Path data) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(
                  data.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 6);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

package dev.millwright.shared.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What bwrap is told: the order matters, later mounts lie over earlier ones.
final class BubblewrapOptions {
  private static final List<String> SYSTEM_LINKS =
      List.of("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32");
  private static final List<String> SYSTEM_FILES =
      List.of(
          "/etc/alternatives",
          "/etc/ca-certificates",
          "/etc/fonts",
          "/etc/java",
          "/etc/java-17-openjdk",
          "/etc/java-21-openjdk",
          "/etc/java-25-openjdk",
          "/etc/ld.so.cache",
          "/etc/localtime",
          "/etc/maven",
          "/etc/mime.types",
          "/etc/pki",
          "/etc/ssl");
  private static final List<String> NETWORK_FILES =
      List.of("/etc/hosts", "/etc/nsswitch.conf", "/etc/resolv.conf", "/etc/services");

  /// Switches of the whole machine. When root runs the factory, root's files in `/proc` are the
  /// sandbox's own to write, without any capability: `core_pattern` alone would be a way out.
  private static final List<String> SWITCHES =
      List.of(
          "/proc/acpi",
          "/proc/asound",
          "/proc/bus",
          "/proc/fs",
          "/proc/irq",
          "/proc/latency_stats",
          "/proc/mtrr",
          "/proc/pressure",
          "/proc/scsi",
          "/proc/sys",
          "/proc/sysrq-trigger");

  /// What root may read there and an agent need not: memory, and the keys of the host's user.
  private static final List<String> SECRETS =
      List.of("/proc/kcore", "/proc/keys", "/proc/sched_debug", "/proc/timer_list");

  private static final long TMPFS_BYTES = 4L * 1024 * 1024 * 1024;

  /// Who runs inside, whoever runs the factory.
  static final String USER = "1000";

  /// The descriptor on which bwrap finds the filter of system calls; see [Wrap].
  private static final String FILTER = "5";

  private final Accounts accounts;
  private final Nothing nothing;
  private final boolean filtered;

  /// @param filtered whether there is a filter of system calls to be read
  BubblewrapOptions(Accounts accounts, Nothing nothing, boolean filtered) {
    this.accounts = accounts;
    this.nothing = nothing;
    this.filtered = filtered;
  }

  List<String> of(Command command, Box box) throws IOException {
    var words = new ArrayList<String>();
    isolation(words, box.network());
    if (filtered) {
      words.addAll(List.of("--seccomp", FILTER));
    }
    system(words, Math.min(TMPFS_BYTES, command.limits().memoryBytes()));
    binds(words, box);
    words.addAll(List.of("--chdir", Box.WORKSPACE, "--remount-ro", "/", "--clearenv"));
    Box.environment(command)
        .forEach((name, value) -> words.addAll(List.of("--setenv", name, value)));
    return words;
  }

  private static void isolation(List<String> words, Network network) {
    words.addAll(
        List.of(
            "--unshare-user",
            "--disable-userns",
            "--unshare-pid",
            "--unshare-ipc",
            "--unshare-uts",
            "--unshare-cgroup-try",
            "--die-with-parent",
            "--new-session",
            "--uid",
            USER,
            "--gid",
            USER,
            "--hostname",
            "agent",
            "--cap-drop",
            "ALL"));
    if (network == Network.NONE) {
      words.add("--unshare-net");
    } else {
      NETWORK_FILES.forEach(file -> words.addAll(List.of("--ro-bind-try", file, file)));
    }
  }

  private void system(List<String> words, long tmpfsBytes) throws IOException {
    words.addAll(List.of("--ro-bind", "/usr", "/usr"));
    for (String folder : SYSTEM_LINKS) {
      Path path = Path.of(folder);
      if (Files.isSymbolicLink(path)) {
        words.addAll(List.of("--symlink", Files.readSymbolicLink(path).toString(), folder));
      } else if (Files.isDirectory(path)) {
        words.addAll(List.of("--ro-bind", folder, folder));
      }
    }
    SYSTEM_FILES.forEach(file -> words.addAll(List.of("--ro-bind-try", file, file)));
    words.addAll(List.of("--ro-bind", accounts.users().toString(), "/etc/passwd"));
    words.addAll(List.of("--ro-bind", accounts.groups().toString(), "/etc/group"));
    words.addAll(List.of("--proc", "/proc", "--dev", "/dev"));
    SWITCHES.forEach(file -> words.addAll(List.of("--ro-bind-try", file, file)));
    for (String file : SECRETS) {
      if (Files.exists(Path.of(file))) {
        words.addAll(List.of("--ro-bind", "/dev/null", file));
      }
    }
    for (String folder : List.of("/dev/shm", "/tmp", Box.HOME)) {
      words.addAll(List.of("--size", Long.toString(tmpfsBytes), "--tmpfs", folder));
    }
    words.addAll(List.of("--dir", "/run"));
    Path java = JavaHome.path();
    if (!java.startsWith("/usr")) {
      words.addAll(List.of("--ro-bind", java.toRealPath().toString(), java.toString()));
    }
  }

  private void binds(List<String> words, Box box) throws IOException {
    words.addAll(List.of("--bind", box.real(box.workspace()).toString(), Box.WORKSPACE));
    box.covered()
        .forEach((place, isFolder) ->
            words.addAll(List.of("--ro-bind", nothing.like(isFolder).toString(), place)));
    for (Box.Bind bind : box.readOnly()) {
      words.addAll(List.of("--ro-bind", box.real(bind.host()).toString(), bind.inside()));
    }
    for (Box.Bind bind : box.writable()) {
      words.addAll(List.of("--bind", box.real(bind.host()).toString(), bind.inside()));
    }
    // Last, so that places inside /dev could still be made.
    words.addAll(List.of("--remount-ro", "/dev"));
  }
}

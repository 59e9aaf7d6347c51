package dev.millwright.shared.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
  private static final long TMPFS_BYTES = 4L * 1024 * 1024 * 1024;

  private final Path users;
  private final Path groups;

  /// The user inside is called `agent` whoever runs the factory; the host's users are not shown.
  BubblewrapOptions(Path data) throws IOException {
    Path folder = data.toAbsolutePath().normalize().resolve("sandbox");
    Files.createDirectories(folder);
    users = folder.resolve("passwd");
    groups = folder.resolve("group");
    write(
        users,
        "agent:x:1000:1000::" + Box.HOME + ":/bin/sh\nnobody:x:65534:65534::/:/usr/sbin/nologin\n");
    write(groups, "agent:x:1000:\nnogroup:x:65534:\n");
  }

  List<String> of(Command command, Box box) throws IOException {
    var words = new ArrayList<String>();
    isolation(words, box.network());
    system(words);
    binds(words, box);
    words.addAll(List.of("--chdir", Box.WORKSPACE, "--remount-ro", "/", "--clearenv"));
    environment(command).forEach((name, value) -> words.addAll(List.of("--setenv", name, value)));
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
            "1000",
            "--gid",
            "1000",
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

  private void system(List<String> words) throws IOException {
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
    words.addAll(List.of("--ro-bind", users.toString(), "/etc/passwd"));
    words.addAll(List.of("--ro-bind", groups.toString(), "/etc/group"));
    words.addAll(List.of("--proc", "/proc", "--dev", "/dev"));
    for (String folder : List.of("/dev/shm", "/tmp", Box.HOME)) {
      words.addAll(List.of("--size", Long.toString(TMPFS_BYTES), "--tmpfs", folder));
    }
    words.addAll(List.of("--dir", "/run"));
    Path java = JavaHome.path();
    if (!java.startsWith("/usr")) {
      words.addAll(List.of("--ro-bind", java.toRealPath().toString(), java.toString()));
    }
  }

  private static void binds(List<String> words, Box box) throws IOException {
    words.addAll(List.of("--bind", real(box, box.workspace()), Box.WORKSPACE));
    for (Box.Bind bind : box.readOnly()) {
      words.addAll(List.of("--ro-bind", real(box, bind.host()), bind.inside()));
    }
    for (Box.Bind bind : box.writable()) {
      words.addAll(List.of("--bind", real(box, bind.host()), bind.inside()));
    }
    // Last, so that places inside /dev could still be made.
    words.addAll(List.of("--remount-ro", "/dev"));
  }

  /// The real path, so that a link an agent planted in its workspace never decides what is bound.
  private static String real(Box box, Path host) throws IOException {
    Path found = host.toRealPath();
    if (host.startsWith(box.workspace()) && !found.startsWith(box.workspace().toRealPath())) {
      throw new IOException("a link leads out of the workspace: " + host);
    }
    return found.toString();
  }

  private static Map<String, String> environment(Command command) {
    var all = new java.util.TreeMap<String, String>();
    all.put("PATH", JavaHome.searchPath());
    all.put("JAVA_HOME", JavaHome.path().toString());
    all.put("HOME", Box.HOME);
    all.put("TMPDIR", "/tmp");
    all.put("USER", "agent");
    all.put("LANG", "C.UTF-8");
    all.putAll(command.environment());
    return all;
  }

  private static void write(Path file, String content) throws IOException {
    if (!Files.exists(file) || !Files.readString(file).equals(content)) {
      Path fresh = Files.createTempFile(file.getParent(), "new", "");
      Files.writeString(fresh, content);
      Files.setPosixFilePermissions(
          fresh, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
      Files.move(
          fresh,
          file,
          java.nio.file.StandardCopyOption.ATOMIC_MOVE,
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
  }
}

package dev.millwright.shared.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What `docker run` is told.
final class DockerOptions {
  private static final long TMPFS_BYTES = 4L * 1024 * 1024 * 1024;

  private final String image;
  private final Optional<String> searchPath;
  private final String user;
  private final Accounts accounts;
  private final Nothing nothing;

  /// @param searchPath where the image looks for programs, if it says so
  DockerOptions(String image, Optional<String> searchPath, Path data) throws IOException {
    this.image = image;
    this.searchPath = searchPath;
    Path folder = data.toAbsolutePath().normalize().resolve("sandbox");
    Path own = Files.createDirectories(folder.resolve("docker"));
    this.user = DockerEngine.owner(own);
    String[] numbers = user.split(":");
    this.accounts = Accounts.in(own, numbers[0], numbers[1]);
    this.nothing = Nothing.in(own);
  }

  /// All of it up to the image; the command's words follow.
  List<String> of(Command command, Box box) throws IOException {
    var words = new ArrayList<String>();
    isolation(words, box.network());
    limits(words, command.limits());
    memoryFolders(words, box, Math.min(TMPFS_BYTES, command.limits().memoryBytes()));
    binds(words, box);
    for (String name : environment(command).keySet()) {
      if (name.startsWith("DOCKER_")) {
        throw new IOException("the command line of docker would take it for itself: " + name);
      }
      words.addAll(List.of("--env", name));
    }
    // Without a value: what the engine would add is taken away.
    words.addAll(List.of("--env", "HOSTNAME"));
    if (!(command.input() instanceof Command.Input.None)) {
      words.add("--interactive");
    }
    words.addAll(List.of("--workdir", Box.WORKSPACE, "--entrypoint", "", image));
    return words;
  }

  /// With our JDK first, then where the image looks.
  Map<String, String> environment(Command command) {
    var all = Box.environment(command);
    if (!command.environment().containsKey("PATH")) {
      searchPath.ifPresent(path -> all.put("PATH", JavaHome.path().resolve("bin") + ":" + path));
    }
    return all;
  }

  private void isolation(List<String> words, Network network) {
    words.addAll(
        List.of(
            "--pull",
            "never",
            "--log-driver",
            "none",
            "--no-healthcheck",
            "--network",
            network == Network.NONE ? "none" : "host",
            "--ipc",
            "private",
            "--read-only",
            "--cap-drop",
            "ALL",
            "--security-opt",
            "no-new-privileges",
            "--user",
            user,
            "--hostname",
            "agent"));
  }

  private static void limits(List<String> words, Limits limits) {
    String memory = Long.toString(limits.memoryBytes());
    words.addAll(List.of("--memory", memory, "--memory-swap", memory));
    words.addAll(List.of("--pids-limit", Integer.toString(limits.processes())));
    words.addAll(List.of("--ulimit", "core=0", "--ulimit", "fsize=" + limits.diskBytes()));
    if (limits.cpus() > 0) {
      words.addAll(List.of("--cpus", String.format(Locale.ROOT, "%.3f", limits.cpus())));
    }
  }

  private void memoryFolders(List<String> words, Box box, long bytes) {
    String mine = "uid=%s,gid=%s".formatted((Object[]) user.split(":"));
    words.addAll(List.of("--shm-size", Long.toString(bytes)));
    words.addAll(List.of("--tmpfs", "/tmp:rw,exec,nosuid,nodev,mode=1777,size=" + bytes));
    if (box.writable().stream().noneMatch(bind -> bind.inside().equals(Box.HOME))) {
      words.addAll(
          List.of(
              "--tmpfs", "%s:rw,exec,nosuid,nodev,%s,size=%d".formatted(Box.HOME, mine, bytes)));
    }
  }

  private void binds(List<String> words, Box box) throws IOException {
    Path java = JavaHome.path();
    bind(words, java.toRealPath(), java.toString(), true);
    bind(words, accounts.users(), "/etc/passwd", true);
    bind(words, accounts.groups(), "/etc/group", true);
    bind(words, box.real(box.workspace()), Box.WORKSPACE, false);
    box.covered().forEach((place, isFolder) -> bind(words, nothing.like(isFolder), place, true));
    for (Box.Bind bind : box.readOnly()) {
      bind(words, box.real(bind.host()), bind.inside(), true);
    }
    for (Box.Bind bind : box.writable()) {
      bind(words, box.real(bind.host()), bind.inside(), false);
    }
  }

  /// Docker reads this as one line of comma-separated values.
  private static void bind(List<String> words, Path host, String inside, boolean readOnly) {
    words.add("--mount");
    words.add(
        "type=bind,%s,%s%s"
            .formatted(
                quoted("src=" + host), quoted("dst=" + inside), readOnly ? ",readonly" : ""));
  }

  private static String quoted(String field) {
    return '"' + field.replace("\"", "\"\"") + '"';
  }
}

package dev.millwright.shared.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// How the kernel is asked to lay a writable folder over read-only ones. The mount belongs to the
/// process that works in it and goes with it, so a killed factory leaves none behind.
public enum Overlay {
  /// As root, in a mount namespace.
  ROOT("-m", "redirect_dir=on,metacopy=off,index=off"),

  /// As anybody, in a user namespace. The kernel lets nobody rename a folder of the lower layer
  /// then: `mv` copies instead, other programs hear of another device.
  USER("-Urm", "userxattr");

  private static final String SEARCH_PATH = "/usr/bin:/bin:/usr/sbin:/sbin";
  private static final String MOUNT =
      "PATH="
          + SEARCH_PATH
          + " mount -t overlay overlay -o \"$1\" \"$2\" || exit 125;"
          + " shift 2; exec \"$@\"";

  private final String namespaces;
  private final String options;

  Overlay(String namespaces, String options) {
    this.namespaces = namespaces;
    this.options = options;
  }

  /// Tries it for real where workspaces will be, since it depends on the file system too. Takes
  /// some milliseconds.
  static Optional<Overlay> detect(Path data) {
    return Arrays.stream(values()).filter(overlay -> overlay.works(data)).findFirst();
  }

  /// Words that mount and then become these words.
  List<String> around(Path target, Layers layers, List<String> words) {
    var all = new ArrayList<String>();
    var unshare = Wrap.program("unshare", SEARCH_PATH).orElse(Path.of("unshare"));
    all.addAll(List.of(unshare.toString(), namespaces, "--", "/bin/sh", "-c", MOUNT, "overlay"));
    all.add(
        "lowerdir=%s,upperdir=%s,workdir=%s,%s"
            .formatted(
                String.join(":", layers.lower().stream().map(Path::toString).toList()),
                layers.upper(),
                layers.work(),
                options));
    all.add(target.toString());
    all.addAll(words);
    return all;
  }

  private boolean works(Path data) {
    try {
      var probe =
          Files.createTempDirectory(Files.createDirectories(data.resolve("probes")), "overlay-");
      try {
        var lower = Files.createDirectories(probe.resolve("lower/folder")).resolveSibling("");
        var target = Files.createDirectories(probe.resolve("target"));
        var layers = Layers.in(probe, this, List.of(lower));
        Git.raw(
            Git.Call.in(probe, "init", "-q", "--bare", target + "/folder/above")
                .around(git -> around(target, layers, git)));
        return Files.exists(layers.upper().resolve("folder/above/HEAD"))
            && !Files.exists(target.resolve("folder"));
      } finally {
        Trees.delete(probe);
      }
    } catch (IOException _) {
      return false;
    }
  }
}

package dev.millwright.shared.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a run sees: its workspace, writable at `/workspace` and its working directory; more of the
/// host, read-only or writable, where it is said; a network or none. Home and tmp are its own and
/// vanish with it.
///
/// @param layers what the workspace is made of, when it is more than a folder
/// @param hidden names at the top of the workspace where a sandbox that isolates shows nothing
public record Box(
    Path workspace,
    List<Bind> readOnly,
    List<Bind> writable,
    Network network,
    @Nullable Layers layers,
    List<String> hidden) {
  /// Where the workspace is seen from inside an isolating sandbox.
  public static final String WORKSPACE = "/workspace";

  /// Home inside an isolating sandbox: empty, writable, gone afterwards, unless something is bound
  /// there.
  public static final String HOME = "/home/agent";

  public Box {
    workspace = workspace.toAbsolutePath().normalize();
    readOnly = List.copyOf(readOnly);
    writable = List.copyOf(writable);
    hidden = List.copyOf(hidden);
    hidden.forEach(Box::nameOnly);
  }

  private static void nameOnly(String hidden) {
    if (hidden.isBlank() || hidden.startsWith("..") || hidden.contains("/")) {
      throw new IllegalArgumentException("only a name can be hidden: " + hidden);
    }
  }

  /// A file or folder of the host and where it is seen inside.
  public record Bind(Path host, String inside) {
    public Bind {
      host = host.toAbsolutePath().normalize();
      if (!inside.startsWith("/") || inside.indexOf('\0') >= 0) {
        throw new IllegalArgumentException("a place inside must be absolute: " + inside);
      }
    }
  }

  /// Only the workspace, no network.
  public static Box of(Path workspace) {
    return new Box(workspace, List.of(), List.of(), Network.NONE, null, List.of());
  }

  Box laidOver(@Nullable Layers newLayers) {
    return new Box(workspace, readOnly, writable, network, newLayers, hidden);
  }

  public Box reading(Path host, String inside) {
    var more = plus(readOnly, new Bind(host, inside));
    return new Box(workspace, more, writable, network, layers, hidden);
  }

  /// At the same path inside as outside.
  public Box reading(Path host) {
    return reading(host, host.toAbsolutePath().normalize().toString());
  }

  public Box writing(Path host, String inside) {
    var more = plus(writable, new Bind(host, inside));
    return new Box(workspace, readOnly, more, network, layers, hidden);
  }

  public Box withNetwork(Network newNetwork) {
    return new Box(workspace, readOnly, writable, newNetwork, layers, hidden);
  }

  /// What has one of these names at the top of the workspace now is seen as empty and cannot be
  /// changed by the run; it stays as it is for every other.
  public Box hiding(List<String> names) {
    return new Box(workspace, readOnly, writable, network, layers, names);
  }

  /// What of the hidden is there, from its place inside to whether it is a folder.
  ///
  /// @throws IOException it is a link, which nothing can be laid over
  Map<String, Boolean> covered() throws IOException {
    var covered = new TreeMap<String, Boolean>();
    for (String name : hidden) {
      var found = layers == null ? Optional.of(workspace.resolve(name)) : layers.find(name);
      if (found.isEmpty() || !Files.exists(found.get(), LinkOption.NOFOLLOW_LINKS)) {
        continue;
      }
      if (Files.isSymbolicLink(found.get())) {
        throw new IOException(name + " of the workspace is a link, and would be followed");
      }
      covered.put(WORKSPACE + "/" + name, Files.isDirectory(found.get()));
    }
    return covered;
  }

  /// Where a host path that the box holds is seen from inside; any other path as it is.
  String inside(Path host) {
    Path path = host.toAbsolutePath().normalize();
    return Stream.of(List.of(new Bind(workspace, WORKSPACE)), readOnly, writable)
        .flatMap(List::stream)
        .filter(bind -> path.startsWith(bind.host()))
        .max(Comparator.comparingInt(bind -> bind.host().getNameCount()))
        .map(bind -> Path.of(bind.inside()).resolve(bind.host().relativize(path)).toString())
        .orElse(path.toString());
  }

  /// The real path, so that a link an agent planted in its workspace never decides what is bound.
  Path real(Path host) throws IOException {
    Path found = host.toRealPath();
    if (host.startsWith(workspace) && !found.startsWith(workspace.toRealPath())) {
      throw new IOException("a link leads out of the workspace: " + host);
    }
    return found;
  }

  /// Folders of the host that a run can fill.
  List<Path> filled() {
    var own = layers == null ? workspace : layers.upper();
    return Stream.concat(Stream.of(own), writable.stream().map(Bind::host)).toList();
  }

  /// All a program inside finds in its environment: nothing of the factory's.
  static Map<String, String> environment(Command command) {
    var all = new TreeMap<String, String>();
    all.put("PATH", JavaHome.searchPath());
    all.put("JAVA_HOME", JavaHome.path().toString());
    all.put("HOME", HOME);
    all.put("TMPDIR", "/tmp");
    all.put("USER", "agent");
    all.put("LANG", "C.UTF-8");
    all.putAll(command.environment());
    return all;
  }

  private static List<Bind> plus(List<Bind> binds, Bind bind) {
    var more = new ArrayList<>(binds);
    more.add(bind);
    return more;
  }
}

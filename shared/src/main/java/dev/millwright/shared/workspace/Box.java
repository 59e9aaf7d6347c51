package dev.millwright.shared.workspace;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What a run sees: its workspace, writable at `/workspace` and its working directory; more of the
/// host, read-only or writable, where it is said; a network or none. Home and tmp are its own and
/// vanish with it.
public record Box(Path workspace, List<Bind> readOnly, List<Bind> writable, Network network) {
  /// Where the workspace is seen from inside an isolating sandbox.
  public static final String WORKSPACE = "/workspace";

  /// Home inside an isolating sandbox: empty, writable, gone afterwards, unless something is bound
  /// there.
  public static final String HOME = "/home/agent";

  public Box {
    workspace = workspace.toAbsolutePath().normalize();
    readOnly = List.copyOf(readOnly);
    writable = List.copyOf(writable);
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
    return new Box(workspace, List.of(), List.of(), Network.NONE);
  }

  public Box reading(Path host, String inside) {
    return new Box(workspace, plus(readOnly, new Bind(host, inside)), writable, network);
  }

  /// At the same path inside as outside.
  public Box reading(Path host) {
    return reading(host, host.toAbsolutePath().normalize().toString());
  }

  public Box writing(Path host, String inside) {
    return new Box(workspace, readOnly, plus(writable, new Bind(host, inside)), network);
  }

  public Box withNetwork(Network newNetwork) {
    return new Box(workspace, readOnly, writable, newNetwork);
  }

  private static List<Bind> plus(List<Bind> binds, Bind bind) {
    var more = new ArrayList<>(binds);
    more.add(bind);
    return more;
  }
}

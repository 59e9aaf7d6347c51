package dev.millwright.shared.workspace;

import java.nio.file.Path;

/// A factory in a process of its own, to be killed: starts a run and waits.
final class Orphaned {
  private Orphaned() {}

  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws Exception {
    Path data = Path.of(arguments[0]);
    Path workspace = Path.of(arguments[1]);
    var kind = SandboxKind.valueOf(arguments[2]);
    WorkingSandboxes.make(kind, data)
        .start(Command.shell(arguments[3]), Box.of(workspace), OutputListener.none())
        .await();
  }
}

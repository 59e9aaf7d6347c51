package dev.millwright.codegen.actor;

import dev.millwright.shared.workspace.Box;
import dev.millwright.shared.workspace.Command;
import dev.millwright.shared.workspace.OutputListener;
import dev.millwright.shared.workspace.Running;
import dev.millwright.shared.workspace.Sandbox;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A real sandbox, and all lines that anything in it says.
record Overheard(Sandbox inner, List<String> lines) implements Sandbox {
  Overheard(Sandbox inner) {
    this(inner, new CopyOnWriteArrayList<>());
  }

  @Override
  public String name() {
    return inner.name();
  }

  @Override
  public boolean isolates() {
    return inner.isolates();
  }

  @Override
  public boolean layers() {
    return inner.layers();
  }

  @Override
  public String inside(Box box, java.nio.file.Path host) {
    return inner.inside(box, host);
  }

  @Override
  public Running start(Command command, Box box, OutputListener listener) {
    return inner.start(
        command,
        box,
        new OutputListener() {
          @Override
          public void line(Source source, String line) {
            lines.add(line);
            listener.line(source, line);
          }

          @Override
          public int longestLine() {
            return listener.longestLine();
          }
        });
  }
}

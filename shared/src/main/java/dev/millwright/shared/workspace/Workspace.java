package dev.millwright.shared.workspace;

import java.nio.file.Path;

/// A checkout for one attempt at one item. Once an agent has been in it nothing here may be
/// trusted: the host runs no program in it and follows no link of it.
public record Workspace(String item, int generation, Path folder, Mirror mirror, String commit) {
  /// The folder the agent works in.
  public Path files() {
    return folder.resolve("files");
  }

  /// The sandbox's view: these files, and what they borrow from the mirror, read-only. No network.
  public Box box() {
    return Box.of(files()).reading(mirror.objects());
  }
}

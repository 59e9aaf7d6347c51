package dev.millwright.shared.workspace;

import java.nio.file.Path;

/// All mirrors of one data directory: the same repository always gets the same mirror and lock.
public final class Mirrors {
  private final Path folder;

  /// Mirrors live in `data/mirrors`.
  public Mirrors(Path data) {
    this.folder = data.resolve("mirrors");
  }

  /// The mirror of a repository, from a url or a local path. Nothing is fetched yet.
  public Mirror mirror(String repository, String url) {
    return new Mirror(folder.resolve(repository + ".git"));
  }
}

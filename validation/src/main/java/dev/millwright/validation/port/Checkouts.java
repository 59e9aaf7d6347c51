package dev.millwright.validation.port;

import java.nio.file.Path;

/// Gives the exact files of a commit.
@FunctionalInterface
public interface Checkouts {

  /// Writes the files of a commit of a repository into a folder that does not exist yet, without
  /// anything of git's own. Fails with a `GitException`.
  void export(String repo, String commit, Path folder);
}

package dev.millwright.shared.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Finds the git repository a folder is in, by reading its files; no git is run.
public final class LocalRepository {
  private static final String BRANCH = "ref: refs/heads/";

  private LocalRepository() {}

  /// The repository around a folder, named after its own folder.
  ///
  /// @param workflow path of the policy file inside it
  public static Optional<RepoSettings> around(Path folder, String workflow) {
    for (var at = folder.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(".git"))) {
        var base = branch(at.resolve(".git")).orElse("main");
        return Optional.of(new RepoSettings(name(at), at.toString(), base, "local", workflow));
      }
    }
    return Optional.empty();
  }

  private static String name(Path folder) {
    var last = folder.getFileName() == null ? "" : folder.getFileName().toString();
    var name = last.replaceAll("[^A-Za-z0-9_-]+", "-").replaceAll("^[-_]+|[-_]+$", "");
    return name.isEmpty() ? "repository" : name.substring(0, Math.min(64, name.length()));
  }

  /// The checked-out branch; in a linked worktree `.git` is a file that says where the rest is.
  private static Optional<String> branch(Path git) {
    try {
      var home = git;
      if (Files.isRegularFile(git)) {
        home = git.resolveSibling(Files.readString(git).strip().replaceFirst("^gitdir: ", ""));
      }
      var head = Files.readString(home.resolve("HEAD")).strip();
      return head.startsWith(BRANCH)
          ? Optional.of(head.substring(BRANCH.length()))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}

package dev.millwright.shared.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the git repository a folder is in, by reading its files; no git is run.
public final class LocalRepository {
  private static final Pattern URL = Pattern.compile("\\s*url\\s*=\\s*(\\S+)\\s*");
  private static final String BRANCH = "ref: refs/heads/";

  private LocalRepository() {}

  /// The repository around a folder, named after its own folder.
  ///
  /// @param workflow path of the policy file inside it
  public static Optional<RepoSettings> around(Path folder, String workflow) {
    for (var at = folder.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(".git"))) {
        var base = branch(at.resolve(".git")).orElse("main");
        return Optional.of(
            new RepoSettings(name(at.toString()), at.toString(), base, "local", workflow));
      }
    }
    return Optional.empty();
  }

  /// What a repository is called here: the last part of its address.
  static String name(String address) {
    var last =
        address.replaceFirst("/+$", "").replaceFirst("\\.git$", "").replaceFirst(".*[/:]", "");
    var name = last.replaceAll("[^A-Za-z0-9_-]+", "-").replaceAll("^[-_]+|[-_]+$", "");
    return name.isEmpty() ? "repository" : name.substring(0, Math.min(64, name.length()));
  }

  /// The addresses a repository on this machine knows others by.
  static List<String> remotes(Path repository) {
    try {
      return Files.readAllLines(home(repository.resolve(".git")).resolve("config")).stream()
          .map(URL::matcher)
          .filter(Matcher::matches)
          .map(found -> found.group(1))
          .toList();
    } catch (IOException | IllegalArgumentException _) {
      return List.of();
    }
  }

  private static Optional<String> branch(Path git) {
    try {
      var head = Files.readString(own(git).resolve("HEAD")).strip();
      return head.startsWith(BRANCH)
          ? Optional.of(head.substring(BRANCH.length()))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// In a linked worktree `.git` is a file that says where its part is.
  private static Path own(Path git) throws IOException {
    return Files.isRegularFile(git)
        ? git.resolveSibling(Files.readString(git).strip().replaceFirst("^gitdir: ", ""))
        : git;
  }

  /// Where all worktrees have what they share.
  private static Path home(Path git) throws IOException {
    var own = own(git);
    var common = own.resolve("commondir");
    return Files.exists(common) ? own.resolve(Files.readString(common).strip()) : own;
  }
}

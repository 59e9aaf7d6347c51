package dev.millwright.docs.domain;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/// What documentation a repository wants to have looked after.
///
/// @param paths globs over its files; empty for all of them
public record Scope(boolean wanted, List<String> paths) {
  public static final Scope ALL = new Scope(true, List.of());

  public Scope {
    paths = List.copyOf(paths);
  }

  /// Whether a file is part of it. A glob that is none matches nothing.
  public boolean has(String file) {
    return paths.isEmpty() || paths.stream().anyMatch(glob -> matches(glob, file));
  }

  private static boolean matches(String glob, String file) {
    try {
      var files = FileSystems.getDefault();
      return files.getPathMatcher("glob:" + glob).matches(Path.of(file))
          || files.getPathMatcher("glob:" + glob.replace("**/", "")).matches(Path.of(file));
    } catch (PatternSyntaxException | java.nio.file.InvalidPathException _) {
      return false;
    }
  }
}

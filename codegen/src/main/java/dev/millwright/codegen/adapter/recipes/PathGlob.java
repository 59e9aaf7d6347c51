package dev.millwright.codegen.adapter.recipes;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;

/// Which files of the checkout are meant: a path such as `README.md` or a glob such as
/// `docs/**/*.md`. `**/` also stands for no folder at all, as people expect it to.
final class PathGlob {
  private PathGlob() {}

  static Predicate<Path> of(String glob) {
    if (glob.startsWith("/") || glob.contains("\\") || glob.contains("..")) {
      throw new BadInput(
          "options.path", glob, "write a path or glob inside the checkout, such as docs/**/*.md");
    }
    try {
      var files = FileSystems.getDefault();
      var exact = files.getPathMatcher("glob:" + glob);
      var shallow = files.getPathMatcher("glob:" + glob.replace("**/", ""));
      return glob.startsWith("**/") || glob.contains("/**/")
          ? path -> exact.matches(path) || shallow.matches(path)
          : exact::matches;
    } catch (PatternSyntaxException | UnsupportedOperationException e) {
      throw new BadInput("options.path", glob, "this is no glob: " + Texts.firstLine(e));
    }
  }
}

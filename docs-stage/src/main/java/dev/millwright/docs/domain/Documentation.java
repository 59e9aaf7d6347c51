package dev.millwright.docs.domain;

import dev.millwright.shared.workitem.Diagnostic;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Finds what a repository's Markdown says that is not so: links to files that are not there,
/// scripts and paths named in code marks that do not exist, make targets nobody defined.
public final class Documentation {
  private static final Pattern LINK =
      Pattern.compile("\\[[^\\]]{0,300}]\\(([^)\\s#]{1,300})[^)]{0,100}\\)");
  private static final Pattern CODE = Pattern.compile("`([^`\\n]{1,200})`");
  private static final Pattern SCRIPT = Pattern.compile("(?:^|\\s)\\./([\\w./-]+)");
  private static final Pattern PATH = Pattern.compile("(?:[\\w.-]+/)+[\\w-]+\\.[A-Za-z]{1,8}");
  private static final Pattern MAKE = Pattern.compile("(?:^|\\s)make ([a-z][\\w-]*)");
  private static final Pattern TARGET = Pattern.compile("(?m)^([A-Za-z][\\w-]*)\\s*:(?!=)");
  private static final String SOURCE = "docs";

  private Documentation() {}

  /// One commit's files, as far as documentation is concerned.
  ///
  /// @param files every path of the tree
  /// @param markdown the text of each Markdown file
  /// @param makefile the Makefile's text, empty when there is none
  public record Tree(Set<String> files, Map<String, String> markdown, String makefile) {
    public Tree {
      files = Set.copyOf(files);
      markdown = Map.copyOf(markdown);
    }
  }

  /// What is false now and was not false before.
  public static List<Diagnostic> drift(Tree before, Tree now) {
    var known = findings(before).stream().map(Diagnostic::message).collect(Collectors.toSet());
    return findings(now).stream().filter(found -> !known.contains(found.message())).toList();
  }

  /// Everything that is false, in the order of files and lines.
  public static List<Diagnostic> findings(Tree tree) {
    var found = new ArrayList<Diagnostic>();
    tree.markdown().keySet().stream().sorted().forEach(file -> read(tree, file, found));
    return found;
  }

  private static void read(Tree tree, String file, List<Diagnostic> found) {
    var folder = file.contains("/") ? file.substring(0, file.lastIndexOf('/') + 1) : "";
    var lines = tree.markdown().getOrDefault(file, "").lines().toList();
    for (var at = 0; at < lines.size(); at++) {
      var line = lines.get(at);
      var place = at + 1;
      LINK.matcher(line)
          .results()
          .map(match -> match.group(1))
          .filter(target -> isRelative(target) && !exists(tree, folder, target))
          .forEach(target -> found.add(missing("links to", target, file, place)));
      CODE.matcher(line)
          .results()
          .map(match -> match.group(1))
          .forEach(code -> codeMark(tree, folder, code, file, place, found));
    }
  }

  private static void codeMark(
      Tree tree, String folder, String code, String file, int line, List<Diagnostic> found) {
    SCRIPT
        .matcher(code)
        .results()
        .map(match -> match.group(1))
        .filter(script -> !exists(tree, "", script) && !exists(tree, folder, script))
        .forEach(script -> found.add(missing("runs", "./" + script, file, line)));
    if (PATH.matcher(code).matches()
        && !exists(tree, "", code)
        && !exists(tree, folder, code)
        && looksLikeOurs(tree, code)) {
      found.add(missing("names", code, file, line));
    }
    MAKE.matcher(code)
        .results()
        .map(match -> match.group(1))
        .filter(target -> !targets(tree).contains(target))
        .forEach(target -> found.add(missing("runs", "make " + target, file, line)));
  }

  private static Set<String> targets(Tree tree) {
    return TARGET
        .matcher(tree.makefile())
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toSet());
  }

  /// A path is only missed when its first folder is one of the repository's: anything else may well
  /// name a file somewhere else.
  private static boolean looksLikeOurs(Tree tree, String path) {
    var first = path.substring(0, path.indexOf('/') + 1);
    return tree.files().stream().anyMatch(file -> file.startsWith(first));
  }

  private static boolean isRelative(String target) {
    return !target.contains("://") && !target.startsWith("mailto:") && !target.startsWith("/");
  }

  private static boolean exists(Tree tree, String folder, String target) {
    var path = resolved(folder + target);
    return path.isPresent()
        && (path.get().isEmpty()
            || tree.files().contains(path.get())
            || tree.files().stream().anyMatch(file -> file.startsWith(path.get() + "/")));
  }

  /// As plain text, since what a document names need not be a path at all; empty when it leads out
  /// of the repository.
  private static Optional<String> resolved(String path) {
    var parts = new ArrayDeque<String>();
    for (var part : path.split("/")) {
      if (part.equals("..")) {
        if (parts.pollLast() == null) {
          return Optional.empty();
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return Optional.of(String.join("/", parts));
  }

  private static Diagnostic missing(String verb, String what, String file, int line) {
    return Diagnostic.error(
        SOURCE, file + " " + verb + " " + what + ", which does not exist", file, line);
  }
}

package dev.millwright.validation.domain;

import dev.millwright.shared.workitem.Diagnostic;
import dev.millwright.shared.workitem.Diagnostic.Severity;
import dev.millwright.validation.domain.Delta.Line;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Names what a change begins to depend on: somebody else's code that nobody here has reviewed.
///
/// A warning and no error, for a change may need it; a new version of what was there is not new.
final class DependencyGuard {
  private static final String SOURCE = "dependencies";
  private static final int LONGEST_LINE = 1_000;
  private static final int MOST_FOUND = 20;

  /// By the manifest's name: how a line of it names a dependency.
  private static final Map<Pattern, Pattern> MANIFESTS = manifests();

  private DependencyGuard() {}

  private static Map<Pattern, Pattern> manifests() {
    var all = new LinkedHashMap<Pattern, Pattern>();
    all.put(file("pom\\.xml"), Pattern.compile("<artifactId>\\s*([^<\\s]+)\\s*</artifactId>"));
    all.put(
        file(".*\\.gradle(?:\\.kts)?"),
        Pattern.compile("[\"']([\\w.-]+:[\\w.-]+)(?::[^\"']*)?[\"']"));
    all.put(
        file("package\\.json"),
        Pattern.compile(
            "^\\s*\"(@?[\\w./-]+)\"\\s*:\\s*\"(?:[~^<>=v]*\\d|\\*|latest|git|https?:|file:|npm:)"));
    all.put(file("requirements.*\\.txt"), Pattern.compile("^([A-Za-z0-9][\\w.-]*)"));
    all.put(
        file("cargo\\.toml"), Pattern.compile("^([A-Za-z][\\w-]*)\\s*=\\s*(?:\"[~^<>=]*\\d|\\{)"));
    all.put(
        file("go\\.mod"), Pattern.compile("^(?:require)?\\s*([\\w.-]+\\.[\\w-]+/\\S+)\\s+v\\d"));
    return all;
  }

  private static Pattern file(String name) {
    return Pattern.compile("(?:.*/)?" + name);
  }

  static List<Diagnostic> check(Delta delta) {
    var gone =
        delta.lines().stream()
            .filter(line -> !line.added())
            .flatMap(line -> named(line).stream())
            .collect(Collectors.toSet());
    var added = new LinkedHashMap<String, Line>();
    for (var line : delta.added()) {
      named(line).filter(name -> !gone.contains(name)).ifPresent(it -> added.putIfAbsent(it, line));
    }
    return added.entrySet().stream()
        .limit(MOST_FOUND)
        .map(entry ->
            new Diagnostic(
                Severity.WARNING,
                SOURCE,
                "new here: " + Texts.line(entry.getKey(), 160),
                entry.getValue().path(),
                entry.getValue().number()))
        .toList();
  }

  private static Optional<String> named(Line line) {
    var path = line.path().toLowerCase(Locale.ROOT);
    var text = line.text().substring(0, Math.min(LONGEST_LINE, line.text().length()));
    return MANIFESTS.entrySet().stream()
        .filter(manifest -> manifest.getKey().matcher(path).matches())
        .map(manifest -> manifest.getValue().matcher(text))
        .filter(java.util.regex.Matcher::find)
        .map(found -> found.group(1))
        .findFirst();
  }
}

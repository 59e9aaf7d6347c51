package dev.millwright.shared.settings;

import dev.millwright.shared.settings.BoardSettings.Pace;
import dev.millwright.shared.settings.BoardSettings.Selection;
import dev.millwright.shared.settings.BoardSettings.WriteBack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Puts boards together and checks what no key of them can check alone.
record BoardsAssembly(Findings findings, Surroundings place) {
  static final Pace USUAL = new Pace(Duration.ofSeconds(30), 10, Map.of());
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

  /// @param repos the repositories there are, by their names
  IntakeSettings intake(Map<String, RepoSettings> repos) {
    var boards = new LinkedHashMap<String, BoardSettings>();
    for (var at : findings.names("boards")) {
      var name = findings.text(at + ".name", "");
      var kind = findings.text(at + ".kind", "");
      if (!name.isEmpty() && !kind.isEmpty() && isNew(at + ".name", name, boards.keySet())) {
        var repo = repo(at + ".repo", repos.keySet());
        var said = provider(at + ".provider", kind, findings.entries(at + ".provider"));
        boards.put(
            name,
            new BoardSettings(
                name,
                kind,
                repo,
                repo == null ? said : about(kind, said, repos.get(repo)),
                selection(at),
                pace(at),
                writeBack(at + ".write_back")));
      }
    }
    return new IntakeSettings(boards);
  }

  private boolean isNew(String path, String name, Set<String> earlier) {
    if (!NAME.matcher(name).matches()) {
      findings.error(
          findings.line(path),
          path,
          "'" + name + "' is not a name",
          "use letters, digits, - and _ (at most 64)");
      return false;
    }
    if (earlier.contains(name)) {
      findings.error(
          findings.line(path), path, "'" + name + "' is there twice", "give each board its own");
      return false;
    }
    return true;
  }

  private @Nullable String repo(String path, Set<String> repos) {
    var repo = findings.text(path, "");
    if (!repo.isEmpty() && !repos.contains(repo)) {
      findings.error(
          findings.line(path),
          path,
          "'" + repo + "' is not under repos",
          Spelling.nearest(repo, repos)
              .map(guess -> "did you mean " + guess + "?")
              .orElse("add it there"));
    }
    return repo.isEmpty() ? null : repo;
  }

  /// A board of a forge that does not say which project it is about is about its repository's.
  private static Map<String, Object> about(
      String kind, Map<String, Object> said, @Nullable RepoSettings repo) {
    var project = ForgeProject.OF_KIND.get(kind);
    if (project == null || repo == null || said.containsKey(project.key())) {
      return said;
    }
    var whole = new LinkedHashMap<>(said);
    project.of(said, repo.url()).ifPresent(name -> whole.put(project.key(), name));
    return whole;
  }

  /// A folder is a place of this machine, so it is found as every other one; on a branch it is one
  /// of the repository.
  ///
  /// @param key what stands for it in the file
  Map<String, Object> provider(String key, String kind, Map<String, Object> said) {
    var provider = new LinkedHashMap<>(said);
    var here = kind.equals("folder") && !said.containsKey("branch");
    if (here && said.get("path") instanceof String path && !path.isBlank()) {
      provider.put("path", place.named(path).map(Path::toString).orElse(""));
      if (path.indexOf('\0') >= 0) {
        findings.error(
            findings.line(key), key, "its path is not one", "name the directory of the tickets");
      }
    }
    return provider;
  }

  Selection selection(String at) {
    return new Selection(
        findings.texts(at + ".active_states").orElse(List.of()),
        findings.texts(at + ".terminal_states").orElse(List.of()),
        findings.texts(at + ".required_labels").map(BoardsAssembly::folded).orElse(List.of()));
  }

  private Pace pace(String at) {
    var path = at + ".every";
    var every = findings.time(path, USUAL.every());
    if (!every.isPositive()) {
      findings.error(
          findings.line(path),
          path,
          "'" + findings.shown(path) + "' is no time at all",
          "use at least 1s");
    }
    return new Pace(
        every,
        findings.whole(at + ".max_concurrent", USUAL.most()),
        counts(at + ".max_concurrent_by_state"));
  }

  Map<String, Integer> counts(String path) {
    var counts = new LinkedHashMap<String, Integer>();
    findings
        .entries(path)
        .forEach((state, count) -> counts.put(folded(state), ((Long) count).intValue()));
    return counts;
  }

  WriteBack writeBack(String at) {
    return new WriteBack(
        findings.value(at + ".comments", Boolean.class).orElse(false),
        findings.text(at + ".started", ""),
        findings.text(at + ".review", ""),
        findings.text(at + ".done", ""));
  }

  /// Each once, as it is compared.
  static List<String> folded(List<String> words) {
    return words.stream().map(BoardsAssembly::folded).distinct().toList();
  }

  static String folded(String word) {
    return word.strip().toLowerCase(Locale.ROOT);
  }
}

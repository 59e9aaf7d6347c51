package dev.millwright.shared.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds the repository that the tickets of a `WORKFLOW.md` are about: the one it names, the one it
/// lies in, or the one its hook clones.
record SymphonyRepository(
    Findings findings, Surroundings place, SymphonyFile.Written written, String cloning) {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([A-Za-z_][A-Za-z0-9_]*)}?");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");
  private static final List<String> WITH_VALUE =
      List.of(
          "--depth",
          "-b",
          "--branch",
          "-o",
          "--origin",
          "--filter",
          "-c",
          "--config",
          "-j",
          "--jobs",
          "--reference",
          "--shallow-since",
          "--template");

  /// What a line of a hook clones.
  private record Cloned(String url, Optional<String> branch) {}

  /// Empty where none is found; then that was said.
  ///
  /// @param policy what the repository is to be told instead of what it says itself
  Optional<RepoSettings> find(Optional<FactorySettings> others, @Nullable String policy) {
    var named = findings.value("factory.repo.url", String.class);
    var around = around();
    var cloned = cloned();
    var known = others.map(FactorySettings::repos).orElse(Map.of());
    Optional<RepoSettings> found;
    if (named.isPresent()) {
      found = Optional.of(at(named.get(), base("main"), policy));
    } else if (around.isPresent() && cloned.filter(it -> !isOf(around.get(), it)).isEmpty()) {
      found =
          around.map(repo ->
              new RepoSettings(
                  repo.name(),
                  repo.url(),
                  base(repo.base()),
                  repo.forge(),
                  repo.workflow(),
                  policy));
    } else if (cloned.isPresent()) {
      found =
          Optional.of(at(cloned.get().url(), base(cloned.get().branch().orElse("main")), policy));
    } else {
      found = known.values().stream().filter(_ -> known.size() == 1).findFirst();
    }
    if (found.isEmpty()) {
      findings.error(
          0,
          "factory.repo",
          "nothing says which repository the work is in",
          "put the file into the repository, or write  factory: {repo: {url: git@host:team/app.git}},"
              + "  or clone it in hooks.after_create with  git clone URL .");
    }
    return found.map(repo -> known(repo, known).told(policy));
  }

  /// What the other settings say about the same repository stays as it is.
  private static RepoSettings known(RepoSettings found, Map<String, RepoSettings> known) {
    return known.values().stream()
        .filter(repo -> bare(repo.url()).equals(bare(found.url())))
        .findFirst()
        .orElse(found);
  }

  private Optional<RepoSettings> around() {
    return LocalRepository.around(written.folder(), SymphonyFile.NAME)
        .map(repo ->
            new RepoSettings(
                repo.name(),
                repo.url(),
                repo.base(),
                repo.forge(),
                Path.of(repo.url()).relativize(written.file()).toString()));
  }

  private String base(String preset) {
    return findings.text("factory.repo.base", preset);
  }

  private static RepoSettings at(String url, String base, @Nullable String policy) {
    return new RepoSettings(
        LocalRepository.name(url), url, base, "local", SymphonyFile.NAME, policy);
  }

  /// Whether a hook clones the very repository the file lies in.
  private static boolean isOf(RepoSettings around, Cloned cloned) {
    return bare(around.url()).equals(bare(cloned.url()))
        || LocalRepository.remotes(Path.of(around.url())).stream()
            .anyMatch(url -> bare(url).equals(bare(cloned.url())));
  }

  /// An address without how it is reached: `git@host:a/b.git` is `https://host/a/b`.
  private static String bare(String url) {
    return url.replaceFirst("^[a-z+]+://", "")
        .replaceFirst("^[^/@]*@", "")
        .replace(':', '/')
        .replaceFirst("/+$", "")
        .replaceFirst("\\.git$", "");
  }

  private Optional<Cloned> cloned() {
    return cloning
        .lines()
        .map(String::strip)
        .flatMap(line -> cloned(words(line)).stream())
        .findFirst();
  }

  private static List<String> words(String line) {
    var words = new ArrayList<String>();
    WORD.matcher(line)
        .results()
        .map(found -> found.group().replaceAll("^[\"']|[\"']$", ""))
        .forEach(words::add);
    return words;
  }

  private Optional<Cloned> cloned(List<String> words) {
    var at = words.indexOf("clone");
    if (at < 1 || !words.get(at - 1).equals("git")) {
      return Optional.empty();
    }
    var plain = new ArrayList<String>();
    Optional<String> branch = Optional.empty();
    for (int i = at + 1; i < words.size() && !words.get(i).matches("&&|\\|\\||;|[0-9]?>.*"); i++) {
      var word = words.get(i).replaceFirst(";$", "");
      if (WITH_VALUE.contains(word) && i + 1 < words.size()) {
        i++;
        branch = word.equals("-b") || word.equals("--branch") ? Optional.of(words.get(i)) : branch;
      } else if (word.startsWith("--branch=")) {
        branch = Optional.of(word.substring("--branch=".length()));
      } else if (!word.startsWith("-")) {
        plain.add(word);
      }
    }
    boolean here = plain.size() == 2 && plain.get(1).matches("\\.|\\./|\\$\\{?PWD}?");
    return here ? address(plain.getFirst(), branch) : Optional.empty();
  }

  private Optional<Cloned> address(String written, Optional<String> branch) {
    var url =
        VARIABLE
            .matcher(written)
            .replaceAll(found ->
                Matcher.quoteReplacement(place.environment().getOrDefault(found.group(1), "")));
    try {
      return Optional.of(new Cloned((String) new KeyType.Repository().read(url, place), branch));
    } catch (KeyType.Mistake _) {
      return Optional.empty();
    }
  }
}

package dev.millwright.codegen.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What the result of a repository's setup depends on: its lines, the files that say what is to be
/// fetched and built, and every file or folder a line names. Two commits with the same key need not
/// be set up twice.
public final class SetupKey {
  private static final Pattern FILES =
      Pattern.compile(
          "(?i)package(-lock)?\\.json|npm-shrinkwrap\\.json|composer\\.json|[^/]*\\.lock|bun\\.lockb"
              + "|pnpm-(lock|workspace)\\.ya?ml|pom\\.xml|[^/]*\\.gradle(\\.kts)?|gradle\\.lockfile"
              + "|[^/]*\\.properties|[^/]*\\.toml|go\\.(mod|sum|work)|setup\\.(py|cfg)"
              + "|requirements[^/]*\\.(txt|in)|pipfile|gemfile|mix\\.exs|[^/]*\\.(gemspec|cabal|nix)"
              + "|[^/]*\\.(cs|fs|vb)proj|[^/]*\\.(sln|props|targets)|packages\\.config|nuget\\.config"
              + "|\\.[^/]*-version|\\.tool-versions|\\.nvmrc|\\.npmrc|\\.yarnrc(\\.yml)?|\\.sdkmanrc"
              + "|(gnu)?makefile|[^/]*\\.mk|justfile|taskfile\\.ya?ml|cmakelists\\.txt|conanfile\\..*"
              + "|\\.gitignore|\\.gitmodules");
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^A-Za-z0-9_./@+-]+");

  private SetupKey() {}

  /// The key of these lines at a commit.
  ///
  /// @param files every path of the commit, and the name of its content
  public static String of(List<String> setup, Map<String, String> files) {
    var words =
        setup.stream()
            .flatMap(BETWEEN_WORDS::splitAsStream)
            .map(word -> word.replaceFirst("^(\\./)+", "").replaceFirst("/+$", ""))
            .filter(word -> !word.isEmpty() && !word.equals("."))
            .collect(Collectors.toSet());
    var digest = digest();
    setup.forEach(line -> update(digest, line));
    new TreeMap<>(files)
        .forEach((path, content) -> {
          if (counts(path, words)) {
            update(digest, path);
            update(digest, content);
          }
        });
    return HexFormat.of().formatHex(digest.digest()).substring(0, 40);
  }

  private static boolean counts(String path, Set<String> words) {
    if (FILES.matcher(path.substring(path.lastIndexOf('/') + 1)).matches()) {
      return true;
    }
    for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
      if (words.contains(path.substring(0, end))) {
        return true;
      }
    }
    return false;
  }

  private static void update(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

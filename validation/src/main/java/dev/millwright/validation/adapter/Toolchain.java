package dev.millwright.validation.adapter;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A build tool, known by the files at the top of a tree. The first one found names the check.
enum Toolchain {
  MAVEN(
      List.of("pom.xml"),
      "mvn -B -ntp -fae verify",
      "mvn -B -ntp -fae "
          + Toolchain.DEPENDENCIES
          + ":resolve "
          + Toolchain.DEPENDENCIES
          + ":resolve-plugins",
      "mvn -B -ntp -fae -DskipTests verify",
      "(?:.*/)?(?:pom\\.xml|\\.mvn/.*)"),
  GRADLE(
      List.of("build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts"),
      "if [ -f gradlew ]; then sh gradlew --no-daemon check; else gradle --no-daemon check; fi",
      "if [ -f gradlew ]; then sh gradlew --no-daemon dependencies; else gradle --no-daemon dependencies; fi",
      "if [ -f gradlew ]; then sh gradlew --no-daemon assemble; else gradle --no-daemon assemble; fi",
      "(?:.*/)?(?:[^/]*\\.gradle(?:\\.kts)?|gradle\\.properties|.*\\.versions\\.toml|gradle/.*)"),
  /// Install scripts are the packages' own code and do not run.
  NPM(
      List.of("package.json"),
      "npm test",
      "if [ -f package-lock.json ]; then npm ci --ignore-scripts --no-audit --no-fund;"
          + " else npm install --ignore-scripts --no-audit --no-fund; fi",
      "",
      ".*"),
  MAKE(List.of("Makefile", "makefile", "GNUmakefile"), "make", "", "", "(?!)");

  private static final String DEPENDENCIES =
      "org.apache.maven.plugins:maven-dependency-plugin:3.8.1";
  private static final Pattern TARGET = Pattern.compile("(?m)^(test|check)\\s*:(?!=)");

  @SuppressWarnings("ImmutableEnumChecker") // Copied: nobody can change it.
  private final List<String> markers;

  private final String check;
  private final String fetch;
  private final String rest;
  private final Pattern fetchedAnewFor;

  Toolchain(List<String> markers, String check, String fetch, String rest, String fetchedAnewFor) {
    this.markers = List.copyOf(markers);
    this.check = check;
    this.fetch = fetch;
    this.rest = rest;
    this.fetchedAnewFor = Pattern.compile(fetchedAnewFor);
  }

  static List<Toolchain> of(Path tree) {
    return Arrays.stream(values()).filter(tool -> tool.marker(tree) != null).toList();
  }

  /// The first whose file is at the top, by the names of a tree's files.
  static Optional<Toolchain> of(Collection<String> files) {
    return Arrays.stream(values())
        .filter(tool -> tool.markers.stream().anyMatch(files::contains))
        .findFirst();
  }

  /// The command that runs what this project calls its checks.
  String check(Path tree) {
    var marker = marker(tree);
    if (this != MAKE || marker == null) {
      return check;
    }
    var target = TARGET.matcher(CheckFiles.text(marker));
    return target.find() ? "make " + target.group(1) : check;
  }

  /// Fetches dependencies; empty when there is nothing to fetch.
  String fetch() {
    return fetch;
  }

  /// Comes to what a check never came to because its tests failed, so that it is fetched; empty
  /// when there is nothing after the tests.
  String rest() {
    return rest;
  }

  boolean fetchesAnewFor(String path) {
    return fetchedAnewFor.matcher(path).matches();
  }

  /// Whether what was fetched lies in the checkout and not in a cache.
  boolean keepsInCheckout() {
    return this == NPM;
  }

  private @org.jspecify.annotations.Nullable Path marker(Path tree) {
    return markers.stream()
        .map(tree::resolve)
        .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
        .findFirst()
        .orElse(null);
  }
}

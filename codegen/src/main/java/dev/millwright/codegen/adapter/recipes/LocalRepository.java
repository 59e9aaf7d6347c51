package dev.millwright.codegen.adapter.recipes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openrewrite.SourceFile;
import org.openrewrite.maven.tree.MavenResolutionResult;
import org.openrewrite.maven.tree.ResolvedDependency;

/// The local Maven repository, where the jars of the checkout's class path are.
///
/// @param online whether missing poms may be fetched; in the sandbox there is no network anyway
record LocalRepository(Path directory, boolean online) {
  private static final int MISSING_SHOWN = 5;

  /// From `-Dmaven.repo.local` and `-Dmillwright.recipes.online`.
  static LocalRepository fromSystemProperties() {
    String given = System.getProperty("maven.repo.local", "");
    Path directory =
        given.isBlank()
            ? Path.of(System.getProperty("user.home", "."), ".m2", "repository")
            : Path.of(given);
    return new LocalRepository(
        directory.toAbsolutePath(), Boolean.getBoolean("millwright.recipes.online"));
  }

  /// The jars of everything the poms resolve to. Without them type-based recipes find nothing and
  /// say nothing, so what is missing is reported.
  List<Path> jars(List<SourceFile> poms, Report report) {
    Map<String, Path> jars = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    for (SourceFile pom : poms) {
      pom.getMarkers()
          .findFirst(MavenResolutionResult.class)
          .ifPresent(result ->
              result.getDependencies().values().stream()
                  .flatMap(List::stream)
                  .filter(LocalRepository::isJar)
                  .forEach(dependency -> add(dependency, jars, missing)));
    }
    if (!missing.isEmpty()) {
      var shown = missing.stream().distinct().limit(MISSING_SHOWN).toList();
      report.message(
          "%d jars are not in the local repository, uses of their types may be overlooked: %s"
              .formatted(missing.stream().distinct().count(), String.join(", ", shown)));
    }
    return List.copyOf(jars.values());
  }

  private void add(ResolvedDependency dependency, Map<String, Path> jars, List<String> missing) {
    String name = dependency.getGroupId() + ":" + dependency.getArtifactId();
    String classifier = dependency.getClassifier();
    String suffix = classifier == null ? "" : "-" + classifier;
    Path jar =
        directory
            .resolve(dependency.getGroupId().replace('.', '/'))
            .resolve(dependency.getArtifactId())
            .resolve(dependency.getVersion())
            .resolve(dependency.getArtifactId() + "-" + dependency.getVersion() + suffix + ".jar");
    if (Files.isRegularFile(jar)) {
      jars.putIfAbsent(name + suffix, jar);
    } else {
      missing.add(name + ":" + dependency.getVersion());
    }
  }

  private static boolean isJar(ResolvedDependency dependency) {
    String type = dependency.getType();
    return type == null || type.equals("jar") || type.equals("test-jar");
  }
}

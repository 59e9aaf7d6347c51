package dev.millwright.app.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What can only be seen in the files: their length, and whether the map names what exists.
class PagesTest {
  private static final int LONGEST_MAIN_FILE_LINES = 400;

  /// In backticks, two words or more, written like a type: `WorkItem`, `Decision.Accept`.
  private static final Pattern TYPE =
      Pattern.compile("`((?:[A-Z][a-z0-9]+){2,}(?:\\.[A-Z][A-Za-z]+)*)`");

  private static final List<String> MODULES =
      List.of(
          "shared",
          "triage",
          "codegen",
          "validation",
          "release",
          "docs-stage",
          "monitoring",
          "deploy/app",
          "deploy/bench");

  @Test
  void no_main_file_is_longer_than_a_person_reads_at_once() throws IOException {
    var tooLong = new TreeSet<String>();

    for (var module : MODULES) {
      for (var file : javaFiles(Code.root().resolve(module).resolve("src/main/java"))) {
        var lines = Files.readAllLines(file).size();
        if (lines > LONGEST_MAIN_FILE_LINES) {
          tooLong.add(Code.root().relativize(file) + " has " + lines + " lines");
        }
      }
    }

    assertThat(tooLong).isEmpty();
  }

  @Test
  void every_type_named_in_the_architecture_page_exists() throws IOException {
    var page = Code.root().resolve("docs/ARCHITECTURE.md");
    var known = knownTypes();
    var missing = new TreeSet<String>();

    if (Files.exists(page)) {
      var matcher = TYPE.matcher(Files.readString(page));
      while (matcher.find()) {
        if (!known.contains(matcher.group(1))) {
          missing.add(matcher.group(1));
        }
      }
    }

    assertThat(missing).as("types named in docs/ARCHITECTURE.md that are in no module").isEmpty();
  }

  /// Ours and those we use, by the names prose calls them: `Accept` inside `Decision` is
  /// `Decision.Accept`.
  private static Set<String> knownTypes() {
    return Code.CLASSES.stream()
        .flatMap(ours ->
            Stream.concat(
                Stream.of(ours),
                ours.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass())))
        .flatMap(type -> {
          var inPackage =
              type.getName().substring(type.getName().lastIndexOf('.') + 1).replace('$', '.');
          return Stream.of(inPackage, type.getSimpleName());
        })
        .collect(Collectors.toSet());
  }

  private static List<Path> javaFiles(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }
}

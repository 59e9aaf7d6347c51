package dev.millwright.app.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Each numbered line of Symphony's behaviour is a test or a row of `docs/symphony.md`.
class SymphonyLinesTest {
  private static final int LAST = 205;
  private static final List<String> MODULES =
      List.of("shared", "triage", "codegen", "monitoring", "deploy/app");
  private static final Pattern METHOD = Pattern.compile("(?m)^ +void C(\\d+)_\\w+\\(");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| C(\\d+)( \\(partly\\))? \\|([^|]+)\\|([^|]+)\\|([^|]*)\\|$");

  @Test
  void every_line_of_symphony_is_a_test_or_a_row() throws IOException {
    var tested = tested();
    var rows = rows();

    var neither =
        IntStream.rangeClosed(1, LAST)
            .filter(line -> !tested.containsKey(line) && !rows.containsKey(line))
            .boxed()
            .toList();
    var both =
        tested.keySet().stream().filter(line -> Boolean.FALSE.equals(rows.get(line))).toList();
    var claimed =
        rows.entrySet().stream()
            .filter(row -> row.getValue() && !tested.containsKey(row.getKey()))
            .map(Map.Entry::getKey)
            .toList();

    assertThat(neither).as("lines that are neither a test nor a row").isEmpty();
    assertThat(both).as("rows of lines that have a test, and do not say 'partly'").isEmpty();
    assertThat(claimed).as("rows that say 'partly' of lines without a test").isEmpty();
  }

  @Test
  void no_number_is_beyond_the_last_line() throws IOException {
    var numbers = new TreeSet<>(tested().keySet());
    numbers.addAll(rows().keySet());

    assertThat(numbers).allMatch(line -> 1 <= line && line <= LAST);
  }

  /// Test methods by the number of their line.
  private static Map<Integer, List<String>> tested() throws IOException {
    var found = new TreeMap<Integer, List<String>>();
    for (var module : MODULES) {
      try (var files = Files.walk(Code.root().resolve(module).resolve("src/test/java"))) {
        for (var file : files.filter(SymphonyLinesTest::ofSymphony).toList()) {
          METHOD
              .matcher(Files.readString(file))
              .results()
              .forEach(method ->
                  found
                      .computeIfAbsent(Integer.parseInt(method.group(1)), _ -> new ArrayList<>())
                      .add(file.getFileName() + " " + method.group().strip()));
        }
      }
    }
    return found;
  }

  private static boolean ofSymphony(Path file) {
    return Objects.toString(file.getFileName()).matches("Symphony\\w+Test\\.java");
  }

  /// Whether each line with a row is followed in part.
  private static Map<Integer, Boolean> rows() throws IOException {
    var page = Files.readString(Code.root().resolve("docs/symphony.md"));
    return ROW.matcher(page)
        .results()
        .collect(
            Collectors.toMap(
                row -> Integer.parseInt(row.group(1)),
                row -> row.group(2) != null,
                (first, _) -> first,
                TreeMap::new));
  }
}

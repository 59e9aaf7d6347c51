package dev.millwright.codegen.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SetupKeyTest {
  private static final List<String> SETUP =
      List.of("npm ci --prefix web", "./scripts/prepare.sh && make -C native deps", "cp tools/a b");
  private static final Map<String, String> FILES =
      Map.of(
          "web/package-lock.json", "1",
          "pom.xml", "1",
          "scripts/prepare.sh", "1",
          "native/deep/down.c", "1",
          "tools/a/x", "1",
          "src/Main.java", "1",
          "tools/b", "1");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "web/package-lock.json",
        "pom.xml",
        "scripts/prepare.sh",
        "native/deep/down.c",
        "tools/a/x"
      })
  void what_setup_reads_counts(String path) {
    assertThat(with(path, "2")).isNotEqualTo(SetupKey.of(SETUP, FILES));
  }

  @ParameterizedTest
  @ValueSource(strings = {"src/Main.java", "tools/b", "README.md"})
  void what_it_does_not_read_does_not_count(String path) {
    assertThat(with(path, "2")).isEqualTo(SetupKey.of(SETUP, FILES));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "npm ci"})
  void other_lines_are_another_setup(String line) {
    assertThat(SetupKey.of(List.of(line), FILES)).isNotEqualTo(SetupKey.of(SETUP, FILES));
  }

  private static String with(String path, String content) {
    var files = new HashMap<>(FILES);
    files.put(path, content);
    return SetupKey.of(SETUP, files);
  }
}

package dev.millwright.validation.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Diagnostic;
import dev.millwright.shared.workitem.Diagnostic.Severity;
import dev.millwright.shared.workitem.Glob;
import dev.millwright.validation.domain.Delta.How;
import dev.millwright.validation.domain.Delta.Line;
import dev.millwright.validation.domain.Delta.Touched;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardsTest {
  static final Contract.Boundary OPEN = new Contract.Boundary(List.of(), List.of(), 40, 2000);

  static Touched file(String path, How how) {
    return new Touched(path, how, 1, 0, false);
  }

  static Delta touching(Touched... files) {
    return new Delta(List.of(files), List.of(), true);
  }

  static Delta adding(String path, String text) {
    return new Delta(
        List.of(file(path, How.MODIFIED)), List.of(new Line(path, 7, text, true)), true);
  }

  @Nested
  class A_glob {
    @ParameterizedTest
    @CsvSource({
      ".github/**,.github/workflows/ci.yml,true",
      ".github/**,src/.github/x,false",
      "**/*secret*,secret.txt,true",
      "**/*secret*,a/b/mySECRETs.yml,true",
      "src/*.java,src/A.java,true",
      "src/*.java,src/a/A.java,false",
      "src/**/A.java,src/A.java,true",
      "src/**/A.java,src/x/y/A.java,true",
      "docs/,docs/a/b.md,true",
      "?.md,a.md,true",
      "?.md,ab.md,false",
      "**,anything/at/all,true",
      "a.md,axmd,false"
    })
    void matches_whole_paths(String glob, String path, boolean matches) {
      assertThat(Glob.of(glob).matches(path)).isEqualTo(matches);
    }

    @Test
    void takes_no_exponential_time() {
      assertThat(Glob.of("**/a".repeat(60) + "/b").matches("a/".repeat(2_000) + "c")).isFalse();
      assertThat(Glob.of("*a".repeat(60) + "b").matches("a".repeat(4_000))).isFalse();
    }
  }

  @Nested
  class The_boundary {
    @Test
    void lets_an_ordinary_change_through() {
      assertThat(BoundaryGuard.check(OPEN, touching(file("src/A.java", How.MODIFIED)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {".github/workflows/ci.yml", "WORKFLOW.md", "../x", "lib/x.js"})
    void refuses_what_is_denied_or_not_allowed(String path) {
      var boundary =
          new Contract.Boundary(List.of("src/**", ".github/**"), List.of(".github/**"), 40, 2000);

      assertThat(BoundaryGuard.check(boundary, touching(file(path, How.MODIFIED))))
          .singleElement()
          .satisfies(found -> assertThat(found.severity()).isEqualTo(Severity.ERROR))
          .satisfies(found -> assertThat(found.file()).isEqualTo(path));
    }

    @Test
    void lets_the_policy_change_where_it_is_named() {
      var boundary = new Contract.Boundary(List.of("WORKFLOW.md"), List.of(), 40, 2000);

      assertThat(BoundaryGuard.check(boundary, touching(file("WORKFLOW.md", How.MODIFIED))))
          .isEmpty();
    }

    @Test
    void refuses_links_and_too_much_and_what_cannot_be_seen() {
      var boundary = new Contract.Boundary(List.of(), List.of(), 1, 1);
      var delta =
          new Delta(List.of(file("link", How.LINKED), file("b", How.ADDED)), List.of(), false);

      assertThat(BoundaryGuard.check(boundary, delta))
          .extracting(Diagnostic::message)
          .anyMatch(said -> said.contains("symlink"))
          .contains("2 files changed, at most 1 may", "2 lines changed, at most 1 may")
          .anyMatch(said -> said.contains("read whole"));
    }
  }

  @Nested
  class Weakened_tests {
    @ParameterizedTest
    @CsvSource({
      "src/test/java/ATest.java,  @Disabled",
      "web/a.test.ts,it.skip('x')",
      "tests/test_a.py,@pytest.mark.skip",
      "pkg/a_test.go,t.Skip()"
    })
    void are_found_where_a_test_is_skipped(String path, String text) {
      assertThat(TamperGuard.check(adding(path, text)))
          .singleElement()
          .satisfies(found -> assertThat(found.line()).isEqualTo(7));
    }

    @ParameterizedTest
    @CsvSource({
      "pom.xml,<skipTests>true</skipTests>",
      "Makefile,\tpytest || true",
      "package.json,\"test\": \"jest --passWithNoTests\"",
      ".mvn/maven.config,-Dmaven.test.skip",
      ".github/workflows/ci.yml,    continue-on-error: true",
      ".gitlab-ci.yml,  allow_failure: true"
    })
    void are_found_where_the_build_stops_running_them(String path, String text) {
      assertThat(TamperGuard.check(adding(path, text))).hasSize(1);
    }

    @Test
    void are_found_where_a_test_is_deleted_but_not_where_it_moved() {
      assertThat(TamperGuard.check(touching(file("src/test/java/ATest.java", How.DELETED))))
          .hasSize(1);
      assertThat(
              TamperGuard.check(
                  touching(
                      file("src/test/java/ATest.java", How.DELETED),
                      file("src/test/java/b/ATest.java", How.ADDED))))
          .isEmpty();
    }

    @Test
    void are_a_warning_where_assertions_are_gone() {
      var path = "src/test/java/ATest.java";
      var delta =
          new Delta(
              List.of(file(path, How.MODIFIED)),
              List.of(
                  new Line(path, 3, "    assertEquals(1, x);", false),
                  new Line(path, 3, "    x();", true)),
              true);

      assertThat(TamperGuard.check(delta))
          .singleElement()
          .satisfies(found -> assertThat(found.severity()).isEqualTo(Severity.WARNING));
    }

    @Test
    void are_a_warning_where_tests_are_gone() {
      var path = "src/test/java/ATest.java";
      var delta =
          new Delta(
              List.of(file(path, How.MODIFIED)),
              List.of(new Line(path, 3, "  @Test", false)),
              true);

      assertThat(TamperGuard.check(delta))
          .singleElement()
          .satisfies(found ->
              assertThat(found.message()).isEqualTo(path + " has 1 tests less than before"));
    }

    @Test
    void are_found_where_ci_is_deleted() {
      assertThat(TamperGuard.check(touching(file(".github/workflows/ci.yml", How.DELETED))))
          .hasSize(1);
    }

    @Test
    void are_not_seen_in_ordinary_code() {
      assertThat(TamperGuard.check(adding("src/main/java/A.java", "int enabled = 1; // @Disabled")))
          .isEmpty();
    }
  }

  @Nested
  class New_dependencies {
    @ParameterizedTest
    @CsvSource({
      "pom.xml,      <artifactId>left-pad</artifactId>,left-pad",
      "app/build.gradle.kts,implementation(\"acme:left-pad:1.0\"),acme:left-pad",
      "package.json,\"left-pad\": \"^1.3.0\",left-pad",
      "requirements.txt,left-pad==1.0,left-pad",
      "Cargo.toml,left-pad = \"1\",left-pad",
      "go.mod,\texample.com/left-pad v1.0.0,example.com/left-pad"
    })
    void are_named_as_a_warning(String path, String text, String name) {
      assertThat(DependencyGuard.check(adding(path, text)))
          .singleElement()
          .satisfies(found -> assertThat(found.severity()).isEqualTo(Severity.WARNING))
          .satisfies(found -> assertThat(found.message()).isEqualTo("new here: " + name));
    }

    @Test
    void are_not_seen_where_only_the_version_changes() {
      var delta =
          new Delta(
              List.of(file("package.json", How.MODIFIED)),
              List.of(
                  new Line("package.json", 3, "  \"left-pad\": \"1.2.0\",", false),
                  new Line("package.json", 3, "  \"left-pad\": \"1.3.0\",", true),
                  new Line("package.json", 9, "  \"test\": \"jest\"", true)),
              true);

      assertThat(DependencyGuard.check(delta)).isEmpty();
    }
  }

  @Nested
  class Secrets {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "-----BEGIN RSA PRIVATE KEY-----",
          "key = AKIAABCDEFGHIJKLMNOP",
          "url: postgres://app:hunter2hunter2@db/x",
          "apiKey = \"kJ8sQ2xLw9ZpR4tV7yB1nM3c\""
        })
    void are_found_and_never_repeated(String text) {
      assertThat(SecretGuard.check(adding("a.yml", text)))
          .singleElement()
          .satisfies(found -> assertThat(found.message()).doesNotContain(text))
          .satisfies(found -> assertThat(found.line()).isEqualTo(7));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "password: ${DB_PASSWORD}",
          "token = \"aaaaaaaaaaaaaaaaaaaa\"",
          "// the secret of life",
          "url: https://example.com/x@y"
        })
    void are_not_seen_in_placeholders_and_words(String text) {
      assertThat(SecretGuard.check(adding("a.yml", text))).isEmpty();
    }
  }

  @Nested
  class A_diff {
    @Test
    void is_read_line_by_line_whatever_the_lines_look_like() {
      var read =
          DiffText.read(
              """
              diff --git a/a.txt b/a.txt
              index 1..2 100644
              --- a/a.txt
              +++ b/a.txt
              @@ -1,3 +1,3 @@
               one
              --- a/trap
              +++ b/trap
               three
              diff --git a/link b/link
              new file mode 120000
              index 0..3
              --- /dev/null
              +++ b/link
              @@ -0,0 +1 @@
              +/etc/passwd
              \\ No newline at end of file
              """);

      assertThat(read.lines())
          .containsExactly(
              new Line("a.txt", 2, "-- a/trap", false),
              new Line("a.txt", 2, "++ b/trap", true),
              new Line("link", 1, "/etc/passwd", true));
      assertThat(read.links()).containsExactly("link");
      assertThat(read.files()).containsExactlyInAnyOrder("a.txt", "link");
    }
  }
}

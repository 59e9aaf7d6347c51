package dev.millwright.validation.domain;

import dev.millwright.shared.workitem.Diagnostic;
import dev.millwright.shared.workitem.Diagnostic.Severity;
import dev.millwright.validation.domain.Delta.How;
import dev.millwright.validation.domain.Delta.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Finds changes that pass checks by making them weaker.
final class TamperGuard {
  private static final String SOURCE = "tests";
  private static final Pattern TEST_FILE =
      Pattern.compile(
          "(?:.*/)?(?:(?:src/)?(?:test|tests|it|spec|__tests__)/.*"
              + "|[^/]*(?:test|tests|testcase|spec|it)\\.(?:java|kt|groovy|scala)"
              + "|test_[^/]*\\.py|[^/]*_test\\.(?:py|go|rb|c|cc|cpp)"
              + "|[^/]*\\.(?:test|spec)\\.[cm]?[jt]sx?)");
  private static final Pattern SKIP =
      Pattern.compile(
          "@(?:Disabled|Ignore)\\b|\\bassume(?:True|False|That)?\\s*\\(\\s*(?:true|false)"
              + "|\\b(?:it|test|describe|context)\\.(?:skip|todo)\\s*\\(|\\bx(?:it|describe|test)\\s*\\("
              + "|@pytest\\.mark\\.(?:skip|xfail)|@unittest\\.skip|pytest\\.skip\\(|\\bt\\.Skip(?:Now|f)?\\("
              + "|#\\[ignore|enabled\\s*=\\s*false|abort\\(\\s*\"");
  private static final Pattern OFF =
      Pattern.compile(
          "skipTests|skipITs|maven\\.test\\.skip|testFailureIgnore|test\\.failure\\.ignore"
              + "|ignoreFailures\\s*=\\s*true|passWithNoTests|\\|\\|\\s*(?:true|:)\\s*(?:$|[\"';&])"
              + "|continue-on-error:\\s*true|allow_failure:\\s*true|-x\\s+test\\b|test\\.enabled\\s*=\\s*false");
  private static final Pattern BUILD_FILE =
      Pattern.compile(
          "(?:.*/)?(?:pom\\.xml|[^/]*\\.gradle(?:\\.kts)?|gradle\\.properties|package\\.json"
              + "|(?:gnu)?makefile|[^/]*\\.mk|\\.mvn/.*|tox\\.ini|pytest\\.ini|setup\\.cfg|pyproject\\.toml"
              + "|jest\\.config\\..*|vitest\\.config\\..*|junit-platform\\.properties)");
  private static final Pattern CI_FILE =
      Pattern.compile(
          "\\.github/workflows/.*|\\.gitlab-ci\\.yml|\\.circleci/.*|\\.travis\\.yml|\\.woodpecker.*"
              + "|azure-pipelines\\.ya?ml|bitbucket-pipelines\\.yml|(?:.*/)?jenkinsfile");
  private static final Pattern TEST =
      Pattern.compile(
          "@(?:Parameterized|Repeated)?Test(?:Factory)?\\b|^\\s*(?:async )?def test_|^func Test\\w"
              + "|^\\s*(?:it|test)\\s*\\(|^\\s*#\\[test\\]");
  private static final Pattern ASSERTION =
      Pattern.compile("\\b(?:assert\\w*|expect|verify|should\\w*|fail)\\s*[(.]|^\\s*assert\\s");
  private static final int LONGEST_LINE = 2_000;

  private TamperGuard() {}

  static boolean isTest(String path) {
    return TEST_FILE.matcher(path.toLowerCase(Locale.ROOT)).matches();
  }

  static List<Diagnostic> check(Delta delta) {
    var found = new ArrayList<Diagnostic>();
    deleted(delta, found);
    for (var line : delta.added()) {
      var text = line.text().substring(0, Math.min(LONGEST_LINE, line.text().length()));
      if (isTest(line.path()) && SKIP.matcher(text).find()) {
        found.add(at(line, "this test is skipped; mend what it tests instead"));
      } else if (runsChecks(line.path()) && OFF.matcher(text).find()) {
        found.add(at(line, "this turns checks off; take it back"));
      }
    }
    fewer(delta, ASSERTION, "assertions", found);
    fewer(delta, TEST, "tests", found);
    return found;
  }

  private static boolean runsChecks(String path) {
    var lower = path.toLowerCase(Locale.ROOT);
    return BUILD_FILE.matcher(lower).matches() || CI_FILE.matcher(lower).matches();
  }

  /// A test that moved is a deletion and an addition of the same name.
  private static void deleted(Delta delta, List<Diagnostic> found) {
    var added =
        delta.files().stream()
            .filter(file -> file.how() == How.ADDED)
            .map(file -> name(file.path()))
            .collect(Collectors.toSet());
    delta.files().stream()
        .filter(file -> file.how() == How.DELETED)
        .filter(file ->
            isTest(file.path()) || CI_FILE.matcher(file.path().toLowerCase(Locale.ROOT)).matches())
        .filter(file -> !added.contains(name(file.path())))
        .forEach(file ->
            found.add(
                Diagnostic.error(
                    SOURCE, file.path() + " is deleted; put it back", file.path(), 0)));
  }

  private static void fewer(Delta delta, Pattern what, String name, List<Diagnostic> found) {
    delta.lines().stream()
        .filter(line -> isTest(line.path()))
        .filter(line ->
            what.matcher(line.text().substring(0, Math.min(LONGEST_LINE, line.text().length())))
                .find())
        .collect(Collectors.groupingBy(Line::path, Collectors.summingInt(l -> l.added() ? 1 : -1)))
        .forEach((path, balance) -> {
          if (balance < 0) {
            found.add(
                new Diagnostic(
                    Severity.WARNING,
                    SOURCE,
                    path + " has " + -balance + " " + name + " less than before",
                    path,
                    0));
          }
        });
  }

  private static Diagnostic at(Line line, String why) {
    return Diagnostic.error(
        SOURCE, why + ": " + Texts.line(line.text(), 160), line.path(), line.number());
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}

package dev.millwright.validation.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Diagnostic;
import dev.millwright.shared.workitem.Diagnostic.Severity;
import dev.millwright.shared.workitem.Evidence.Status;
import dev.millwright.shared.workitem.Evidence.Tests;
import dev.millwright.shared.workitem.Evidence.Verdict;
import dev.millwright.shared.workitem.Kind;
import dev.millwright.validation.domain.CheckRun.TestFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ValidationTest {
  static final Contract.Check CHECK =
      new Contract.Check("maven", "mvn verify", Duration.ofMinutes(5));

  static Contract contract(String task) {
    return new Contract(
        task,
        GuardsTest.OPEN,
        new Contract.Environment(List.of(), Map.of()),
        List.of(),
        Contract.Deliverable.PULL_REQUEST,
        new Contract.Route("orders", "main", "coder", Kind.BUG),
        new Contract.Judgement("", 1));
  }

  static CheckRun run(Status status, int tests, String... failing) {
    return new CheckRun(
        CHECK,
        status,
        Duration.ofSeconds(2),
        new Tests(tests, failing.length, 0),
        Stream.of(failing)
            .map(name -> new TestFailure(name, Diagnostic.error("tests", name + ": no")))
            .toList(),
        status == Status.PASSED || failing.length > 0
            ? List.of()
            : List.of(Diagnostic.error("maven", "exit code 1 after 3 s")),
        "exit");
  }

  static Validation.Judged judge(String task, CheckRun change, CheckRun base) {
    return Validation.judge(contract(task), List.of(), List.of(change), List.of(base));
  }

  @Test
  void passing_checks_pass() {
    var judged = judge("x", run(Status.PASSED, 12), run(Status.PASSED, 12));

    assertThat(judged.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(judged.diagnostics()).isEmpty();
    assertThat(judged.summary()).isEqualTo("the check passed, 12 tests");
  }

  @Test
  void tests_are_counted_only_where_a_check_reports_them() {
    var judged = judge("x", run(Status.PASSED, 0), run(Status.PASSED, 0));

    assertThat(judged.summary()).isEqualTo("the check passed");
  }

  @Test
  void a_test_the_change_broke_fails_it() {
    var judged = judge("x", run(Status.FAILED, 12, "a.B.c"), run(Status.PASSED, 12));

    assertThat(judged.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(judged.summary()).isEqualTo("a.B.c: no");
  }

  @Test
  void a_test_that_failed_before_is_not_the_changes_fault() {
    var judged = judge("x", run(Status.FAILED, 12, "a.B.c"), run(Status.FAILED, 12, "a.B.c"));

    assertThat(judged.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(judged.diagnostics())
        .singleElement()
        .satisfies(note -> assertThat(note.severity()).isEqualTo(Severity.NOTE))
        .satisfies(
            note -> assertThat(note.message()).contains("a.B.c fails on the base commit too"));
    assertThat(judged.results().getFirst().summary()).endsWith("as on the base commit");
    assertThat(judged.summary())
        .isEqualTo("0 of 1 checks passed, 11 tests; maven fails as on the base commit");
  }

  @Test
  void a_test_the_task_is_about_has_no_excuse() {
    var failing = run(Status.FAILED, 12, "a.OrderTest.adds");

    assertThat(judge("Mend OrderTest", failing, failing).verdict()).isEqualTo(Verdict.FAILED);
  }

  @Test
  void only_the_new_failure_counts_among_old_ones() {
    var judged =
        judge("x", run(Status.FAILED, 12, "a.B.c", "a.B.new1"), run(Status.FAILED, 12, "a.B.c"));

    assertThat(judged.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(judged.diagnostics().getFirst().message()).isEqualTo("a.B.new1: no");
    assertThat(judged.diagnostics().getLast().severity()).isEqualTo(Severity.NOTE);
  }

  @Test
  void a_check_that_fails_as_on_base_is_excused_and_proves_nothing() {
    var excused = judge("x", run(Status.FAILED, 0), run(Status.FAILED, 0));
    assertThat(excused.verdict()).isEqualTo(Verdict.UNPROVEN);
    assertThat(excused.summary())
        .isEqualTo("nothing is proven: maven fails on the base commit in the same way");
    assertThat(excused.diagnostics().getFirst().message()).endsWith(": exit code 1 after 3 s");
    assertThat(judge("x", run(Status.TIMED_OUT, 0), run(Status.FAILED, 0)).verdict())
        .isEqualTo(Verdict.FAILED);
    assertThat(judge("x", run(Status.FAILED, 0), run(Status.PASSED, 0)).verdict())
        .isEqualTo(Verdict.FAILED);
  }

  @Test
  void tests_that_vanished_prove_nothing() {
    assertThat(judge("x", run(Status.PASSED, 0), run(Status.PASSED, 12)).verdict())
        .isEqualTo(Verdict.FAILED);
    var fewer = judge("x", run(Status.PASSED, 11), run(Status.PASSED, 12));
    assertThat(fewer.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(fewer.diagnostics().getFirst().message())
        .isEqualTo("maven ran 11 tests, 12 on the base commit");
  }

  @Test
  void a_guards_error_fails_a_change_whose_checks_pass() {
    var judged =
        Validation.judge(
            contract("x"),
            List.of(Diagnostic.error("boundary", "no")),
            List.of(run(Status.PASSED, 1)),
            List.of());

    assertThat(judged.verdict()).isEqualTo(Verdict.FAILED);
  }

  @Test
  void a_repository_without_checks_proves_nothing_and_gets_a_warning() {
    var judged = Validation.judge(contract("x"), List.of(), List.of(), List.of());

    assertThat(judged.verdict()).isEqualTo(Verdict.UNPROVEN);
    assertThat(judged.diagnostics().getFirst().message()).contains("factory.verification");
  }

  @Test
  void findings_are_ordered_short_and_few() {
    var many =
        IntStream.range(0, 60)
            .mapToObj(i -> Diagnostic.error("tests", i + "x".repeat(5_000)))
            .toList();
    var all =
        Stream.concat(many.stream(), Stream.of(Diagnostic.error("boundary", "first"))).toList();

    var ordered = Diagnostics.ordered(all);

    assertThat(ordered).hasSize(26);
    assertThat(ordered.getFirst().message()).isEqualTo("first");
    assertThat(ordered.get(1).message()).hasSizeLessThanOrEqualTo(1_200);
    assertThat(ordered.getLast().message())
        .isEqualTo("36 more findings, 36 of them errors, are in the log");
  }
}

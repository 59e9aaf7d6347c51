package dev.millwright.validation.domain;

import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Diagnostic;
import dev.millwright.shared.workitem.Diagnostic.Severity;
import dev.millwright.shared.workitem.Evidence;
import dev.millwright.shared.workitem.Evidence.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The rules of validation: what a change may do, and whether what its checks said lets it go on.
public final class Validation {
  private static final String SOURCE = "validation";

  private Validation() {}

  /// What the rules make of a commit.
  public record Judged(
      Verdict verdict,
      List<Evidence.CheckResult> results,
      List<Diagnostic> diagnostics,
      String summary) {
    public Judged {
      results = List.copyOf(results);
      diagnostics = List.copyOf(diagnostics);
    }
  }

  /// Everything that can be said without running anything.
  public static List<Diagnostic> guard(Contract contract, Delta delta) {
    return Stream.of(
            BoundaryGuard.check(contract.boundary(), delta),
            SecretGuard.check(delta),
            TamperGuard.check(delta),
            DependencyGuard.check(delta))
        .flatMap(List::stream)
        .toList();
  }

  /// Whether the base has to be asked as well: only a failure needs an excuse.
  public static boolean needsBase(List<CheckRun> onChange) {
    return onChange.stream().anyMatch(run -> !run.passed());
  }

  /// What the checks say about the change, told apart from what was broken before it.
  ///
  /// @param onBase the same checks on the base commit under the same conditions; empty when they
  ///   were not needed or could not be run
  public static Judged judge(
      Contract contract, List<Diagnostic> guarded, List<CheckRun> onChange, List<CheckRun> onBase) {
    var diagnostics = new ArrayList<>(guarded);
    var results = new ArrayList<Evidence.CheckResult>();
    for (var run : onChange) {
      var base = onBase.stream().filter(b -> b.check().equals(run.check())).findFirst();
      var blamed = run.passed() ? List.<Diagnostic>of() : blame(contract, run, base);
      diagnostics.addAll(blamed);
      diagnostics.addAll(run.flakiness());
      base.flatMap(before -> vanished(before, run)).ifPresent(diagnostics::add);
      results.add(run.result(summary(run, blamed)));
    }
    if (onChange.isEmpty()) {
      diagnostics.add(
          new Diagnostic(
              Severity.WARNING,
              SOURCE,
              "no checks were found; name some under factory.verification in WORKFLOW.md",
              null,
              0));
    }
    var ordered = Diagnostics.ordered(diagnostics);
    var errors = diagnostics.stream().filter(d -> d.severity() == Severity.ERROR).count();
    var verdict = verdict(errors, onChange);
    return new Judged(verdict, results, ordered, summary(verdict, onChange, errors, ordered));
  }

  private static Verdict verdict(long errors, List<CheckRun> runs) {
    if (errors > 0) {
      return Verdict.FAILED;
    }
    return runs.stream().anyMatch(CheckRun::provesSomething) ? Verdict.PASSED : Verdict.UNPROVEN;
  }

  /// Only what did not fail on the base in the same way is the change's fault, unless the very test
  /// is what the task is about.
  private static List<Diagnostic> blame(Contract contract, CheckRun run, Optional<CheckRun> base) {
    if (run.failures().isEmpty()) {
      return base.filter(before -> alike(before, run)).isPresent()
          ? List.of(
              note(run.check().name() + " fails on the base commit in the same way" + words(run)))
          : run.faults();
    }
    var before =
        base.map(CheckRun::failures).orElse(List.of()).stream()
            .map(CheckRun.TestFailure::name)
            .collect(Collectors.toSet());
    var found = new ArrayList<Diagnostic>();
    for (var failure : run.failures()) {
      if (!before.contains(failure.name())) {
        found.add(failure.diagnostic());
      } else if (asked(contract.task(), failure.name())) {
        found.add(failure.diagnostic());
        found.add(note(failure.name() + " failed before and the task is to mend it"));
      } else {
        found.add(note(failure.name() + " fails on the base commit too; not this change's fault"));
      }
    }
    if (base.map(CheckRun::failures).orElse(List.of()).isEmpty()) {
      found.addAll(run.faults());
    }
    return found;
  }

  private static String words(CheckRun run) {
    return run.faults().stream()
        .findFirst()
        .map(fault -> ": " + Texts.line(fault.message(), 200))
        .orElse("");
  }

  private static boolean alike(CheckRun before, CheckRun now) {
    return !before.passed()
        && before.status() == now.status()
        && before.failures().isEmpty()
        && said(before).equals(said(now));
  }

  private static Set<String> said(CheckRun run) {
    return run.faults().stream()
        .map(finding -> finding.message().replaceAll("\\d+", "0"))
        .collect(Collectors.toSet());
  }

  /// Whether the task names the test's class or method.
  private static boolean asked(String task, String test) {
    var parts = List.of(test.split("[.#$()]"));
    return parts.reversed().stream()
        .limit(2)
        .filter(part -> part.length() > 3)
        .anyMatch(task::contains);
  }

  /// Tests that are gone without a trace have proven nothing.
  private static Optional<Diagnostic> vanished(CheckRun before, CheckRun now) {
    var was = before.tests().run() - before.tests().skipped();
    var is = now.tests().run() - now.tests().skipped();
    if (!now.passed() || is >= was) {
      return Optional.empty();
    }
    var said = now.check().name() + " ran " + is + " tests, " + was + " on the base commit";
    return Optional.of(
        is == 0
            ? Diagnostic.error(SOURCE, said + "; nothing is proven")
            : new Diagnostic(Severity.WARNING, SOURCE, said, null, 0));
  }

  private static String summary(CheckRun run, List<Diagnostic> blamed) {
    var tests = run.tests();
    var counted =
        tests.run() == 0
            ? ""
            : ", "
                + tests.run()
                + " tests, "
                + tests.failed()
                + " failed, "
                + tests.skipped()
                + " skipped";
    var excused =
        !run.passed() && blamed.stream().noneMatch(d -> d.severity() == Severity.ERROR)
            ? ", as on the base commit"
            : "";
    return run.ending() + counted + excused;
  }

  private static String summary(
      Verdict verdict, List<CheckRun> runs, long errors, List<Diagnostic> ordered) {
    return switch (verdict) {
      case PASSED -> passed(runs);
      case UNPROVEN ->
          runs.isEmpty()
              ? "nothing is proven: no checks were found"
              : "nothing is proven: " + red(runs) + " on the base commit in the same way";
      case FAILED -> {
        var first = Texts.line(ordered.getFirst().message(), 200);
        yield errors == 1 ? first : errors + " errors, the first: " + first;
      }
    };
  }

  private static String passed(List<CheckRun> runs) {
    var tests = runs.stream().mapToInt(run -> run.tests().run() - run.tests().failed()).sum();
    var counted = tests == 0 ? "" : ", " + tests + (tests == 1 ? " test" : " tests");
    var green = runs.stream().filter(CheckRun::passed).count();
    if (green < runs.size()) {
      return "%d of %d checks passed%s; %s as on the base commit"
          .formatted(green, runs.size(), counted, red(runs));
    }
    return (runs.size() == 1 ? "the check passed" : "all " + runs.size() + " checks passed")
        + counted;
  }

  private static String red(List<CheckRun> runs) {
    var names = runs.stream().filter(run -> !run.passed()).map(run -> run.check().name()).toList();
    return String.join(", ", names) + (names.size() == 1 ? " fails" : " fail");
  }

  private static Diagnostic note(String message) {
    return new Diagnostic(Severity.NOTE, SOURCE, message, null, 0);
  }
}

package dev.millwright.shared.workitem;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// A stage's part with random contents.
final class RandomParts {
  private RandomParts() {}

  static Part of(Stage stage, RandomGenerator random) {
    var commit = "c0ffee" + random.nextInt(3);
    var bytes = new ArtifactRef("%064x".formatted(random.nextLong() >>> 1), 7, "text/plain");
    var findings =
        List.of(
            Diagnostic.error("tests", "red"),
            new Diagnostic(Diagnostic.Severity.NOTE, "docs", "stale", "README.md", 3));
    return switch (stage) {
      case TRIAGE -> contract(random);
      case CODEGEN ->
          new Change(
              new Change.Revision("millwright/x", "main", commit),
              new Change.Size(1, random.nextInt(100), 0),
              "recipes",
              "did it",
              bytes,
              bytes);
      case VALIDATION ->
          new Evidence(
              commit,
              random.nextBoolean() ? Evidence.Verdict.PASSED : Evidence.Verdict.FAILED,
              List.of(
                  new Evidence.CheckResult(
                      "tests",
                      "make test",
                      Evidence.Status.PASSED,
                      Duration.ofMillis(random.nextInt(9_000)),
                      new Evidence.Tests(3, 0, 1),
                      "3 run")),
              findings,
              bytes);
      case RELEASE ->
          new Proposal(
              "local", "1", null, commit, random.nextBoolean() ? "1anded" : null, "# What\n");
      case DOCUMENTATION -> new DocsReport("one file is stale", findings, List.of("docs-1"));
      case MONITORING ->
          new Aftercare("healthy", random.nextBoolean(), 3, Instant.parse("2026-11-22T00:00:00Z"));
    };
  }

  private static Contract contract(RandomGenerator random) {
    return new Contract(
        "mend it",
        new Contract.Boundary(List.of("src/**"), List.of(".github/**"), 40, 2000),
        new Contract.Environment(List.of("make deps"), Map.of("recipe", "upgrade")),
        List.of(new Contract.Check("tests", "make test", Duration.ofMinutes(10))),
        Contract.Deliverable.PULL_REQUEST,
        new Contract.Route("orders", "main", "recipes", Kind.BUG),
        new Contract.Judgement("it says so", random.nextDouble()));
  }
}

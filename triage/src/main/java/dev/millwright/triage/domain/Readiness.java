package dev.millwright.triage.domain;

import java.util.List;
import java.util.Optional;

/// Whether a repository can prove a change: its checks, and whether they pass without it.
public sealed interface Readiness {
  /// Nobody has looked at this commit yet.
  record Unknown(String why) implements Readiness {}

  /// Nothing would be checked.
  record NoChecks() implements Readiness {}

  /// Checks are there; nobody has run them on this commit yet.
  record Untried(List<String> checks) implements Readiness {
    public Untried {
      checks = List.copyOf(checks);
    }
  }

  /// They pass on the base commit.
  record Green(List<String> checks) implements Readiness {
    public Green {
      checks = List.copyOf(checks);
    }
  }

  /// They fail on the base commit already.
  ///
  /// @param failures tests that fail, by name, or checks where no test has one
  record Red(List<String> failures) implements Readiness {
    public Red {
      failures = List.copyOf(failures);
    }
  }

  private static String some(List<String> names) {
    return String.join(", ", names.stream().limit(3).map(name -> Words.line(name, 120)).toList())
        + (names.size() > 3 ? ", …" : "");
  }

  /// As it stands in the contract.
  static Judged<String> judge(Readiness readiness, String base) {
    return switch (readiness) {
      case Unknown(var why) -> new Judged<>("unknown", 0.5, why);
      case NoChecks _ ->
          new Judged<>("no checks", 0.9, "no checks found: the change will be unproven");
      case Untried(var checks) ->
          new Judged<>(
              "checks", 0.7, "it has checks (" + some(checks) + "), not run on " + base + " yet");
      case Green(var checks) ->
          new Judged<>("green", 0.9, "its checks pass on " + base + " (" + some(checks) + ")");
      case Red(var failures) ->
          new Judged<>(
              "red",
              0.9,
              (failures.size() == 1 ? "1 fails on " : failures.size() + " fail on ")
                  + base
                  + " already: "
                  + some(failures));
    };
  }

  /// What is left of the confidence.
  static double factor(Readiness readiness) {
    return switch (readiness) {
      case NoChecks _ -> 0.85;
      case Red _ -> 0.9;
      case Unknown _, Untried _, Green _ -> 1;
    };
  }

  /// Why work should not begin where checks are required.
  static Optional<String> objection(Readiness readiness, String base) {
    return readiness instanceof NoChecks || readiness instanceof Red
        ? Optional.of(judge(readiness, base).why())
        : Optional.empty();
  }
}

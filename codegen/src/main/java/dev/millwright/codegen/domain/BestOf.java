package dev.millwright.codegen.domain;

import dev.millwright.shared.workitem.Change;
import dev.millwright.shared.workitem.Evidence;
import java.util.Comparator;
import java.util.List;

/// Picks one of several changes for the same contract: by evidence, then by size, then by who was
/// named first.
public final class BestOf {
  private BestOf() {}

  /// A change and what the checks say about it.
  public record Candidate(Change change, Evidence.Verdict verdict, long errors, String summary) {
    private int lines() {
      return change.size().additions() + change.size().deletions();
    }
  }

  private static final Comparator<Candidate> BEST_FIRST =
      Comparator.comparing(Candidate::verdict)
          .thenComparingLong(Candidate::errors)
          .thenComparingInt(Candidate::lines);

  /// All of them, the best first.
  public static List<Candidate> ranked(List<Candidate> candidates) {
    return candidates.stream().sorted(BEST_FIRST).toList();
  }
}

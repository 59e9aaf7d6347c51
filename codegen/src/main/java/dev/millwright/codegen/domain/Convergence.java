package dev.millwright.codegen.domain;

import dev.millwright.shared.workitem.Diagnostic;
import dev.millwright.shared.workitem.Feedback;
import dev.millwright.shared.workitem.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Notices rounds that lead nowhere, so that they end with a report and not with the budget.
///
/// The facts are the item's own: what was sent back, and the trees its earlier rounds committed.
public final class Convergence {
  /// As many rounds may answer one and the same failure.
  static final int SAME_FAILURE_ROUNDS = 3;

  private static final int SHOWN_FINDINGS = 10;

  private Convergence() {}

  /// Before a round: a report when the same failure keeps coming back whatever the agent does.
  public static Optional<String> stuck(List<Feedback> sentBack) {
    var latest = latestFailures(sentBack);
    if (latest.size() < SAME_FAILURE_ROUNDS
        || latest.stream().map(Convergence::fingerprint).distinct().count() > 1) {
      return Optional.empty();
    }
    return Optional.of(
        report(
            "The same failure came back %d times in a row; another round would only repeat it."
                .formatted(SAME_FAILURE_ROUNDS),
            latest.getLast()));
  }

  /// After a round: a report when its result is one that an earlier round already had.
  ///
  /// @param tree the tree of the new commit
  /// @param earlier the trees of the base and of the earlier rounds, without the round before
  public static Optional<String> circling(
      String tree, Collection<String> earlier, List<Feedback> sentBack) {
    if (!earlier.contains(tree)) {
      return Optional.empty();
    }
    var words = "The work goes back and forth: this round ended with files an earlier round had.";
    return Optional.of(sentBack.isEmpty() ? words : report(words, sentBack.getLast()));
  }

  /// What makes two failures the same one, whatever the line numbers, times and addresses in them.
  static String fingerprint(Feedback feedback) {
    var findings =
        feedback.diagnostics().stream()
            .map(Convergence::essence)
            .distinct()
            .sorted()
            .collect(Collectors.joining("\n"));
    return HexFormat.of().formatHex(Sha256.of(findings.getBytes(StandardCharsets.UTF_8)), 0, 8);
  }

  private static String essence(Diagnostic diagnostic) {
    var message =
        diagnostic
            .message()
            .toLowerCase(Locale.ROOT)
            .replaceAll("0x[0-9a-f]+|@[0-9a-f]{4,}|[0-9]+", "#")
            .replaceAll("\\s+", " ");
    return diagnostic.source() + "|" + diagnostic.file() + "|" + message.strip();
  }

  private static List<Feedback> latestFailures(List<Feedback> sentBack) {
    var latest =
        sentBack.subList(Math.max(0, sentBack.size() - SAME_FAILURE_ROUNDS), sentBack.size());
    // A person's comment between two failures is news: the agent gets another chance.
    return latest.stream().anyMatch(feedback -> feedback.diagnostics().isEmpty())
        ? List.of()
        : latest;
  }

  private static String report(String words, Feedback last) {
    var findings =
        last.diagnostics().stream()
            .limit(SHOWN_FINDINGS)
            .map(Findings::line)
            .collect(Collectors.joining("\n"));
    return findings.isEmpty()
        ? words + " Last: " + last.summary()
        : words + " Last: " + last.summary() + "\n" + findings;
  }
}

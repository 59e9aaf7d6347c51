package dev.millwright.release.domain;

import dev.millwright.shared.workitem.Change;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Diagnostic;
import dev.millwright.shared.workitem.Evidence;
import dev.millwright.shared.workitem.Feedback;
import dev.millwright.shared.workitem.ItemId;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The text a reviewer reads: facts from the item, and what others wrote as quotations.
public final class ChangeText {
  private static final int MOST_QUOTED = 4_000;
  private static final int MOST_ROUNDS = 10;

  private ChangeText() {}

  public static String of(
      ItemId item, Context context, Contract contract, Change change, Evidence evidence) {
    return String.join(
        "\n",
        "## Task\n\n" + quote(contract.task()),
        why(context, contract),
        what(change),
        checks(evidence),
        rounds(context.feedback()),
        risk(contract, evidence),
        facts(item, contract, change, evidence));
  }

  private static String why(Context context, Contract contract) {
    var signal = context.signal();
    var link = signal.link() == null ? "" : " (" + plain(signal.link()) + ")";
    return "## Why\n\nRaised by %s through %s%s. %s\n"
        .formatted(
            plain(signal.author().name()),
            plain(signal.source()),
            link,
            plain(contract.judgement().rationale()));
  }

  private static String what(Change change) {
    var size = change.size();
    return "## What changed\n\n%d files, +%d −%d lines, by agent `%s`, which says:\n\n%s"
            .formatted(
                size.files(),
                size.additions(),
                size.deletions(),
                plain(change.agent()),
                quote(change.summary()))
        + change.others().stream()
            .map(other ->
                "- not chosen: `%s`, %s%n".formatted(plain(other.agent()), plain(other.outcome())))
            .collect(Collectors.joining());
  }

  private static String checks(Evidence evidence) {
    var proof =
        evidence.verdict() == Evidence.Verdict.UNPROVEN
            ? "**Nothing is proven:** no check and no test that passed speaks for this change.\n\n"
            : "";
    var rows =
        evidence.checks().stream()
            .map(check ->
                "| %s | `%s` | %s | %s | %s |"
                    .formatted(
                        cell(check.name()),
                        cell(check.command()),
                        check.status().name().toLowerCase(Locale.ROOT),
                        tests(check.tests()),
                        time(check.took())))
            .collect(Collectors.joining("\n"));
    return "## Checks\n\n"
        + proof
        + "| check | command | result | tests | time |\n|---|---|---|---|---|\n"
        + rows
        + "\n";
  }

  private static String rounds(List<Feedback> feedback) {
    if (feedback.isEmpty()) {
      return "## Failures on the way\n\nNone: the first round passed.\n";
    }
    return "## Failures on the way\n\n"
        + feedback.stream()
            .skip(Math.max(0, feedback.size() - MOST_ROUNDS))
            .map(sent ->
                "- sent back by %s: %s".formatted(sent.from().wire(), plain(sent.summary())))
            .collect(Collectors.joining("\n"))
        + "\n";
  }

  private static String risk(Contract contract, Evidence evidence) {
    var risks =
        evidence.diagnostics().stream()
            .filter(finding -> finding.severity() != Diagnostic.Severity.ERROR)
            .map(finding -> "- " + cell(finding.source()) + ": " + plain(finding.message()))
            .collect(Collectors.joining("\n"));
    var skipped = evidence.checks().stream().mapToInt(check -> check.tests().skipped()).sum();
    return "## Remaining risk\n\n- triage was %d %% sure that this is the work\n- %d tests were skipped\n%s"
        .formatted(
            Math.round(contract.judgement().confidence() * 100),
            skipped,
            risks.isEmpty() ? "" : risks + "\n");
  }

  private static String facts(ItemId item, Contract contract, Change change, Evidence evidence) {
    return """
    ## Facts

    - item: `%s`, kind: %s
    - checked commit: `%s`, base: `%s` on `%s`
    - full log of the checks: artifact `%s`
    """
        .formatted(
            item,
            contract.route().kind().name().toLowerCase(Locale.ROOT),
            evidence.commit(),
            change.revision().base(),
            plain(contract.route().base()),
            evidence.log().sha256());
  }

  private static String tests(Evidence.Tests tests) {
    return tests.run() == 0
        ? "–"
        : "%d run, %d failed, %d skipped".formatted(tests.run(), tests.failed(), tests.skipped());
  }

  private static String time(Duration took) {
    return took.toSeconds() + " s";
  }

  /// Somebody else's words: every line quoted, so that none of them can be a heading, a table or a
  /// mention of the factory's own.
  static String quote(String words) {
    var kept = words.length() <= MOST_QUOTED ? words : words.substring(0, MOST_QUOTED) + " … (cut)";
    return kept.strip().lines().map(line -> "> " + plain(line)).collect(Collectors.joining("\n"))
        + "\n";
  }

  private static String cell(String words) {
    return plain(words).replace("|", "\\|").replace("`", "'");
  }

  /// One line without control characters, HTML or mentions.
  static String plain(String words) {
    return words
        .replaceAll("\\p{Cntrl}+", " ")
        .replace("<", "&lt;")
        .replace("@", "@\u200b")
        .strip();
  }
}

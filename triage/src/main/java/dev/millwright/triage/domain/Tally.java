package dev.millwright.triage.domain;

import dev.millwright.shared.workitem.Contract;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What was judged so far, and what it leaves of the confidence: as much as of the least sure
/// choice, less for each doubt.
record Tally(List<Contract.Finding> findings, double confidence) {
  private static final int MOST_WHY_CHARACTERS = 400;

  static final Tally NOTHING = new Tally(List.of(), 1);

  Tally {
    findings = List.copyOf(findings);
  }

  /// A choice that everything rests on.
  Tally resting(Contract.Finding on) {
    return with(on, Math.min(confidence, on.confidence()));
  }

  /// Something to know.
  Tally knowing(Contract.Finding what) {
    return with(what, confidence);
  }

  /// Something that makes it less sure.
  ///
  /// @param factor what is left, 0 to 1
  Tally doubting(Contract.Finding what, double factor) {
    return with(what, confidence * factor);
  }

  /// Without what was judged of something, which is about to be judged anew.
  Tally without(String about) {
    return new Tally(
        findings.stream().filter(it -> !it.about().equals(about)).toList(), confidence);
  }

  private Tally with(Contract.Finding finding, double newConfidence) {
    var more = new ArrayList<>(findings);
    more.add(
        new Contract.Finding(
            finding.about(),
            Words.line(finding.value(), 100),
            finding.confidence(),
            Words.line(finding.why(), MOST_WHY_CHARACTERS)));
    return new Tally(more, newConfidence);
  }

  double rounded() {
    return Math.round(confidence * 100) / 100.0;
  }

  /// In one line, for those who do not show each.
  String rationale() {
    return findings.stream()
        .map(finding -> finding.about() + " " + finding.value() + " because " + finding.why())
        .collect(Collectors.joining("; "));
  }
}

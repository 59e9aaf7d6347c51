package dev.millwright.validation.domain;

import dev.millwright.shared.workitem.Diagnostic;
import dev.millwright.shared.workitem.Diagnostic.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

/// Puts findings into the order they are best answered in, each short, and not too many.
final class Diagnostics {
  private static final int MOST = 25;
  private static final int MOST_CHARACTERS = 1_200;
  private static final List<String> ORDER = List.of("boundary", "secrets", "tests", "compiler");

  private Diagnostics() {}

  static List<Diagnostic> ordered(Collection<Diagnostic> all) {
    var sorted =
        new LinkedHashSet<>(all)
            .stream()
                .map(Diagnostics::shortened)
                .sorted(
                    Comparator.comparing(Diagnostic::severity)
                        .thenComparingInt(diagnostic -> rank(diagnostic.source())))
                .toList();
    if (sorted.size() <= MOST) {
      return sorted;
    }
    var kept = new ArrayList<>(sorted.subList(0, MOST));
    var left = sorted.subList(MOST, sorted.size());
    var errors = left.stream().filter(d -> d.severity() == Severity.ERROR).count();
    kept.add(
        new Diagnostic(
            Severity.NOTE,
            "validation",
            left.size() + " more findings, " + errors + " of them errors, are in the log",
            null,
            0));
    return kept;
  }

  private static int rank(String source) {
    var at = ORDER.indexOf(source);
    return at < 0 ? ORDER.size() : at;
  }

  private static Diagnostic shortened(Diagnostic whole) {
    return new Diagnostic(
        whole.severity(),
        whole.source(),
        Texts.block(whole.message(), MOST_CHARACTERS),
        whole.file(),
        whole.line());
  }
}

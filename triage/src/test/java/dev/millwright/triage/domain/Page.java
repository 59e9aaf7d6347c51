package dev.millwright.triage.domain;

import dev.millwright.shared.workitem.Kind;
import java.util.Locale;
import java.util.Map;

/// What was measured, as the page `docs/triage.md` shows it.
final class Page {
  private static final String BEGIN = "<!-- measured: AccuracyTest writes what follows -->\n";
  private static final String END = "<!-- /measured -->\n";

  private Page() {}

  /// The page with its measured part as it is today.
  static String with(String page, Measured heldout, Measured tuning) {
    var from = page.indexOf(BEGIN) + BEGIN.length();
    var to = page.indexOf(END);
    if (to < 0 || from < BEGIN.length()) {
      throw new AssertionError(
          "the page has lost its marks " + BEGIN.strip() + " … " + END.strip());
    }
    return page.substring(0, from) + measured(heldout, tuning) + page.substring(to);
  }

  private static String measured(Measured heldout, Measured tuning) {
    return "\n"
        + answers(heldout, tuning)
        + "\nKinds of the held-out tickets; rows are what they are, columns what they were taken for.\n\n"
        + kinds(heldout)
        + "\nThe same of the tuning tickets.\n\n"
        + kinds(tuning)
        + "\n";
  }

  private static String answers(Measured heldout, Measured tuning) {
    return "| judgement | held-out: right | found of those that are | right of those it said | tuning: right |\n"
        + "|---|---|---|---|---|\n"
        + String.format(
            Locale.ROOT,
            "| kind, of nine | %s of %d tickets | | | %s of %d |%n",
            percent(heldout.kindAccuracy()),
            total(heldout),
            percent(tuning.kindAccuracy()),
            total(tuning))
        + row("touches something sensitive", heldout.sensitive(), tuning.sensitive())
        + row("says too little to begin", heldout.unclear(), tuning.unclear())
        + row("is too large for one change", heldout.tooLarge(), tuning.tooLarge())
        + row("is cut into its listed parts", heldout.split(), tuning.split())
        + row("is empty, advertising or kind words", heldout.nothingToDo(), tuning.nothingToDo())
        + row("is like an earlier one (linked or dropped)", heldout.found(), tuning.found())
        + row("is dropped as a duplicate", heldout.dropped(), tuning.dropped());
  }

  private static String row(String name, Measured.Answers heldout, Measured.Answers tuning) {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %d of %d | %d of %d | %s |%n",
        name,
        percent(heldout.accuracy()),
        heldout.hits(),
        heldout.hits() + heldout.misses(),
        heldout.hits(),
        heldout.hits() + heldout.alarms(),
        percent(tuning.accuracy()));
  }

  private static String kinds(Measured measured) {
    var table = new StringBuilder("| |");
    for (var kind : Kind.values()) {
      table.append(' ').append(word(kind)).append(" |");
    }
    table.append("\n|---|").append("---|".repeat(Kind.values().length)).append('\n');
    for (var row : Kind.values()) {
      table.append("| ").append(word(row)).append(" |");
      for (var column : Kind.values()) {
        var count = measured.kinds().getOrDefault(row, Map.of()).getOrDefault(column, 0);
        table.append(' ').append(count == 0 ? "" : count).append(count == 0 ? "|" : " |");
      }
      table.append('\n');
    }
    return table.toString();
  }

  private static int total(Measured measured) {
    return measured.kinds().values().stream()
        .flatMap(row -> row.values().stream())
        .mapToInt(count -> count)
        .sum();
  }

  private static String percent(double share) {
    return Math.round(share * 100) + " %";
  }

  private static String word(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}

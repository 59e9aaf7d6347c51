package dev.millwright.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;

/// `evidence`.
@Command(name = "evidence", description = "Shows the results of the checks, bound to their commit.")
final class EvidenceCommand extends ItemCommand {
  EvidenceCommand(Context context) {
    super(context);
  }

  @Override
  String part() {
    return "/evidence";
  }

  @Override
  void print(JsonNode evidence) {
    var verdict = ItemWords.text(evidence, "verdict");
    if (verdict.isEmpty()) {
      terminal.note("No check has run yet.");
      return;
    }
    boolean good = verdict.startsWith("pass");
    terminal.say(
        terminal.bold(good ? terminal.green(verdict) : terminal.red(verdict))
            + terminal.dim(" at " + ItemWords.text(evidence, "commit")));
    if (verdict.equals("unproven")) {
      terminal.say(
          terminal.yellow("Nothing is proven: no check and no test that passed speaks for it."));
    }
    for (var check : evidence.path("checks")) {
      boolean passed = ItemWords.text(check, "status").startsWith("pass");
      var mark = passed ? terminal.green("✓") : terminal.red("✗");
      terminal.say(
          mark
              + " "
              + ItemWords.text(check, "name")
              + "  "
              + counts(check)
              + terminal.dim("  " + Math.round(check.path("seconds").asDouble()) + " s  ")
              + terminal.dim(ItemWords.text(check, "command")));
      var summary = ItemWords.text(check, "summary");
      if (!passed && !summary.isEmpty()) {
        terminal.say("  " + summary);
      }
    }
    for (var diagnostic : evidence.path("diagnostics")) {
      var file = ItemWords.text(diagnostic, "file");
      var line = diagnostic.path("line").asInt();
      var place = file.isEmpty() ? "" : file + (line > 0 ? ":" + line : "") + ": ";
      var severity = ItemWords.text(diagnostic, "severity");
      terminal.say(
          (severity.equals("error") ? terminal.red(severity) : terminal.yellow(severity))
              + " "
              + place
              + ItemWords.text(diagnostic, "message"));
    }
  }

  private static String counts(JsonNode check) {
    if (check.path("tests").asInt() == 0) {
      return ItemWords.text(check, "status");
    }
    return Words.count(check.path("tests").asInt(), "test")
        + ", "
        + check.path("failures").asInt()
        + " failed, "
        + check.path("skipped").asInt()
        + " skipped";
  }
}

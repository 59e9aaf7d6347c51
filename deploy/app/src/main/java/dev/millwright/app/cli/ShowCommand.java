package dev.millwright.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.app.cli.Table.Column;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import picocli.CommandLine.Command;

/// `show`.
@Command(
    name = "show",
    description = "Shows one item: where it is, what it promises, what was tried.")
final class ShowCommand extends ItemCommand {
  private static final int NAME_CELLS = 16;
  private static final Set<String> TOLD_APART = Set.of("rationale", "findings", "forecast");

  ShowCommand(Context context) {
    super(context);
  }

  @Override
  String part() {
    return "";
  }

  @Override
  void print(JsonNode item) {
    terminal.say(terminal.bold(ItemWords.text(item, "title")));
    var where = ItemWords.state(item) + " at " + ItemWords.text(item, "stage");
    terminal.say(ItemWords.coloured(item, where, terminal));
    fact("reason", ItemWords.text(item, "reason"));
    terminal.say("");
    for (var name : List.of("id", "repo", "kind", "source", "agent", "signal_key", "url")) {
      fact(name.replace('_', ' '), ItemWords.text(item, name));
    }
    fact("priority", item.path("priority").asInt() == 0 ? "" : ItemWords.text(item, "priority"));
    fact("labels", joined(item.path("labels")));
    var now = Instant.now();
    fact("created", Words.ago(item.path("created_at").asText(""), now));
    fact("updated", Words.ago(item.path("updated_at").asText(""), now));
    contract(item.path("contract"));
    change(item.path("change"));
    attempts(item.path("attempts"), now);
    usage(item.path("usage"));
    var next = ItemWords.next(item);
    if (!next.isEmpty()) {
      terminal.say("");
      terminal.say("Next: " + terminal.cyan(next));
    }
  }

  private void fact(String name, String value) {
    if (!value.isEmpty()) {
      var lines = Words.wrap(value, Math.max(24, terminal.width() - NAME_CELLS));
      terminal.say(terminal.dim(Words.pad(name, NAME_CELLS)) + lines.getFirst());
      lines.stream().skip(1).forEach(line -> terminal.say(" ".repeat(NAME_CELLS) + line));
    }
  }

  private void section(String name) {
    terminal.say("");
    terminal.say(terminal.bold(name));
  }

  private void contract(JsonNode contract) {
    if (contract.isObject() && !contract.isEmpty()) {
      section("Contract");
      contract.properties().stream()
          .filter(part -> !TOLD_APART.contains(part.getKey()))
          .forEach(part -> fact("  " + Words.line(part.getKey()), inWords(part.getValue())));
      if (contract.path("findings").isEmpty()) {
        fact("  rationale", ItemWords.text(contract, "rationale"));
      }
      judged(contract.path("findings"));
      forecast(contract.path("forecast"));
    }
  }

  private void judged(JsonNode findings) {
    if (findings.isEmpty()) {
      return;
    }
    section("Judgement");
    var table =
        new Table(
            Column.of("ABOUT"), Column.of("VALUE"), Column.of("SURE"), Column.wrapped("WHY", 24));
    for (var finding : findings) {
      table.row(
          ItemWords.text(finding, "about"),
          ItemWords.text(finding, "value"),
          Math.round(finding.path("confidence").asDouble() * 100) + " %",
          ItemWords.text(finding, "why"));
    }
    table.lines(terminal.width(), terminal::dim).forEach(terminal::say);
  }

  private void forecast(JsonNode forecast) {
    if (forecast.isObject()) {
      section("Forecast");
      fact("  usually", estimate(forecast.path("median")));
      fact("  nine of ten", estimate(forecast.path("at_most")) + " or less");
      fact(
          "  read from",
          Words.count(forecast.path("samples").asInt(), "finished item")
              + ": "
              + ItemWords.text(forecast, "likeness"));
    }
  }

  private static String estimate(JsonNode estimate) {
    return "%d s, %.2f USD"
        .formatted(
            Math.round(estimate.path("seconds").asDouble()), estimate.path("cost_usd").asDouble());
  }

  private void change(JsonNode change) {
    if (change.isObject() && !change.isEmpty()) {
      section("Change");
      fact(
          "  branch", ItemWords.text(change, "branch") + " onto " + ItemWords.text(change, "base"));
      fact("  commit", ItemWords.text(change, "commit"));
      fact(
          "  size",
          Words.count(change.path("files").asInt(), "file")
              + ", "
              + terminal.green("+" + change.path("additions").asInt())
              + " "
              + terminal.red("-" + change.path("deletions").asInt()));
      fact("  pull request", ItemWords.text(change, "pull_request"));
      for (var other : change.path("others")) {
        var number = other.path("diff").asBoolean() ? ", diff --other " + other.path("number") : "";
        fact(
            "  not chosen",
            ItemWords.text(other, "agent") + ": " + ItemWords.text(other, "outcome") + number);
      }
    }
  }

  private void attempts(JsonNode attempts, Instant now) {
    if (attempts.isEmpty()) {
      return;
    }
    section("Attempts");
    var table =
        new Table(
            Column.of("#"),
            Column.of("STAGE"),
            Column.optional("STARTED"),
            Column.of("OUTCOME"),
            Column.wrapped("REASON", 24));
    for (var attempt : attempts) {
      table.row(
          ItemWords.text(attempt, "generation"),
          ItemWords.text(attempt, "stage"),
          Words.ago(attempt.path("started_at").asText(""), now),
          attempt.path("outcome").asText("running"),
          ItemWords.text(attempt, "reason"));
    }
    table.lines(terminal.width(), terminal::dim).forEach(terminal::say);
  }

  private void usage(JsonNode usage) {
    if (usage.isObject()
        && usage.path("seconds").asDouble() + usage.path("input_tokens").asLong() > 0) {
      section("Cost");
      fact("  time", Math.round(usage.path("seconds").asDouble()) + " s");
      fact(
          "  tokens",
          usage.path("input_tokens").asLong()
              + " in, "
              + usage.path("output_tokens").asLong()
              + " out");
      fact("  money", "%.4f USD".formatted(usage.path("cost_usd").asDouble()));
    }
  }

  /// Any value as one line; what it is made of is for `--json`.
  private static String inWords(JsonNode value) {
    if (value.isArray()) {
      return joined(value);
    }
    if (value.isObject()) {
      var parts = new StringJoiner("; ");
      value
          .properties()
          .forEach(part -> {
            var words = inWords(part.getValue());
            if (!words.isEmpty()) {
              parts.add(Words.line(part.getKey()).replace('_', ' ') + ": " + words);
            }
          });
      return parts.toString();
    }
    return Words.line(value.asText(""));
  }

  private static String joined(JsonNode values) {
    var words = new StringJoiner(", ");
    values.forEach(value -> words.add(inWords(value)));
    return words.toString();
  }
}

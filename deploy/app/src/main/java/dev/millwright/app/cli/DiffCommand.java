package dev.millwright.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `diff`.
@Command(name = "diff", description = "Shows an item's change.")
final class DiffCommand extends ItemCommand {
  @Option(
      names = "--other",
      paramLabel = "N",
      description = "A change that was not chosen, by the number `show` gives.")
  int other;

  DiffCommand(Context context) {
    super(context);
  }

  @Override
  String part() {
    return "/diff";
  }

  @Override
  JsonNode look(FactoryClient factory) {
    return factory.about(
        id,
        exact ->
            Json.object()
                .put("id", exact)
                .put("diff", factory.text(FactoryClient.item(exact) + part() + chosen())));
  }

  private String chosen() {
    return other == 0 ? "" : "?other=" + other;
  }

  @Override
  void print(JsonNode answer) {
    var diff = answer.path("diff").asText();
    if (diff.isEmpty()) {
      terminal.note(
          other == 0
              ? "It has changed nothing yet."
              : "It has no diff "
                  + other
                  + " that was not chosen. See: millwright show "
                  + ItemWords.text(answer, "id"));
    } else if (terminal.isScreen()) {
      Words.lines(diff).lines().forEach(line -> terminal.say(colour(line)));
    } else {
      terminal.out().print(diff); // Exactly, for `git apply`.
    }
  }

  private String colour(String line) {
    if (line.startsWith("+++") || line.startsWith("---") || line.startsWith("diff ")) {
      return terminal.bold(line);
    }
    if (line.startsWith("@@")) {
      return terminal.cyan(line);
    }
    if (line.startsWith("+")) {
      return terminal.green(line);
    }
    return line.startsWith("-") ? terminal.red(line) : line;
  }
}

package dev.millwright.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;

/// `diff`.
@Command(name = "diff", description = "Shows an item's change.")
final class DiffCommand extends ItemCommand {
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
                .put("diff", factory.text(FactoryClient.item(exact) + part())));
  }

  @Override
  void print(JsonNode answer) {
    var diff = answer.path("diff").asText();
    if (diff.isEmpty()) {
      terminal.note("It has changed nothing yet.");
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

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
    return Json.object().put("id", id).put("diff", factory.text(FactoryClient.item(id) + part()));
  }

  @Override
  void print(JsonNode answer) {
    Words.lines(answer.path("diff").asText()).lines().forEach(line -> terminal.say(colour(line)));
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

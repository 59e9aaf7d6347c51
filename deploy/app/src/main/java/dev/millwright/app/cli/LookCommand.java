package dev.millwright.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Option;

/// A command that shows something: as words, or with `--json` exactly what the factory said.
abstract class LookCommand extends ClientCommand {
  @Option(names = "--json", description = "Print JSON, for programs.")
  boolean json;

  LookCommand(Context context) {
    super(context);
  }

  /// What to show.
  abstract JsonNode look(FactoryClient factory);

  /// Shows it as words.
  abstract void print(JsonNode answer);

  @Override
  public Integer call() {
    var answer = look(factory());
    if (json) {
      terminal.say(Json.pretty(answer));
    } else {
      print(answer);
    }
    return Exit.DONE;
  }
}

package dev.millwright.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `logs`.
@Command(
    name = "logs",
    description = "Prints what an item's attempts wrote.",
    footer = {"", "With --json each line is an object with one member, line."})
final class LogsCommand extends ClientCommand {
  @Parameters(paramLabel = "ID", description = "The item, or how its id starts.")
  String id = "";

  @Option(
      names = {"-f", "--follow"},
      description = "Go on while the item is at work, also over restarts of the factory.")
  boolean follow;

  @Option(names = "--json", description = "Print JSON, for programs.")
  boolean json;

  private String ended = "";

  LogsCommand(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    var factory = factory();
    return factory.about(
        id,
        exact -> {
          long from = 0;
          if (follow) {
            factory.get(FactoryClient.item(exact)); // Fails at once where there is nothing.
            var last = Following.follow(factory, terminal, exact, this::more);
            from = last.isEmpty() ? 0 : Long.parseLong(last);
          }
          // What was written between the last line that came and the item's end.
          factory.lines(FactoryClient.item(exact) + "/transcript", from, this::say);
          if (!ended.isEmpty()) {
            terminal.note(terminal.dim("It is " + ended + "."));
          }
          return Exit.DONE;
        });
  }

  private boolean more(Event event) {
    if (event.name().equals("line")) {
      say(event.data());
      return !terminal.out().checkError();
    }
    return !event.name().equals("item") || !rests(event.data());
  }

  private boolean rests(String data) {
    try {
      JsonNode item = Json.read(data);
      boolean rests = ItemWords.isFinished(item) || ItemWords.needsPerson(item);
      ended = rests ? ItemWords.state(item) : "";
      return rests;
    } catch (JsonProcessingException _) {
      return false; // Not an item; the next event tells more.
    }
  }

  private void say(String line) {
    terminal.say(json ? Json.object().put("line", line).toString() : Words.line(line));
  }
}

package dev.millwright.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `exchanges`.
@Command(
    name = "exchanges",
    description = "Prints what an item's agents said to models and what those answered.",
    footer = {"", "With --json each line is an object; docs/agents.md says which."})
final class ExchangesCommand extends ClientCommand {
  @Parameters(paramLabel = "ID", description = "The item, or how its id starts.")
  String id = "";

  @Option(
      names = "--attempt",
      paramLabel = "N",
      description = "Of this attempt; else of the newest that said anything.")
  @Nullable Integer attempt;

  @Option(names = "--json", description = "Print JSON, for programs.")
  boolean json;

  private boolean any;

  ExchangesCommand(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    var factory = factory();
    var query = attempt == null ? "" : "?attempt=" + attempt;
    return factory.about(
        id,
        exact -> {
          factory.lines(
              FactoryClient.item(exact) + "/exchanges" + query,
              0,
              line -> {
                any = true;
                terminal.say(json ? line : words(line));
              });
          if (!any && !json) {
            terminal.note(
                attempt == null
                    ? "No model was asked: its agents need none, or none has asked yet."
                    : "No model was asked in attempt " + attempt + ".");
          }
          return Exit.DONE;
        });
  }

  /// One line of the record as one line for people; what is none stays as it is.
  private String words(String line) {
    try {
      JsonNode said = Json.read(line);
      var who = ItemWords.text(said, "agent") + " #" + said.path("call").asLong() + " ";
      if (said.has("asks")) {
        return terminal.bold(who + "asks " + ItemWords.text(said, "model"))
            + "  "
            + text(said, "asks");
      }
      if (said.has("says")) {
        return who + "hears  " + text(said, "says");
      }
      return said.has("status") ? who + terminal.dim(ended(said)) : Words.line(line);
    } catch (JsonProcessingException _) {
      return Words.line(line);
    }
  }

  private static String text(JsonNode said, String field) {
    return Words.line(said.path(field).asText());
  }

  private static String ended(JsonNode said) {
    return String.format(
        Locale.ROOT,
        "ended with %d: %d tokens in (%d cached), %d out, $%.4f%s",
        said.path("status").asInt(),
        said.path("input").asLong(),
        said.path("cached").asLong(),
        said.path("output").asLong(),
        said.path("micro_dollars").asLong() / 1e6,
        said.path("whole").asBoolean() ? "" : ", broken off");
  }
}

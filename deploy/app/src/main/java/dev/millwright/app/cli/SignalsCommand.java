package dev.millwright.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.app.cli.Table.Column;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `signals`: what webhooks brought, and why nothing came of it.
@Command(
    name = "signals",
    description = "Shows what webhooks brought, what became of it and why, and replays it.",
    synopsisSubcommandLabel = "COMMAND")
final class SignalsCommand {
  private static final String PATH = "/api/v1/deliveries";

  private SignalsCommand() {}

  static Object of(Context context) {
    var line = new picocli.CommandLine(new SignalsCommand());
    line.addSubcommand("ls", new Ls(context));
    line.addSubcommand("show", new Show(context));
    line.addSubcommand("replay", new Replay(context));
    return line;
  }

  private static String one(String id) {
    return PATH + "/" + FactoryClient.encode(id);
  }

  /// `signals ls`.
  @Command(name = "ls", description = "Lists deliveries, newest first.")
  static final class Ls extends LookCommand {
    @Option(names = "--dead", description = "Only those that were given up.")
    boolean dead;

    @Option(names = "--hook", paramLabel = "NAME", description = "Only by this webhook.")
    @Nullable String hook;

    @Option(
        names = "--limit",
        paramLabel = "N",
        defaultValue = "50",
        description = "At most so many, 1 to 500; ${DEFAULT-VALUE} unless told.")
    int limit;

    Ls(Context context) {
      super(context);
    }

    @Override
    JsonNode look(FactoryClient factory) {
      if (limit < 1 || limit > 500) {
        throw new Failure(Exit.USED_WRONGLY, "--limit must be 1 to 500, got " + limit + ".");
      }
      return factory.get(
          PATH
              + "?limit="
              + limit
              + (dead ? "&status=dead" : "")
              + (hook == null ? "" : "&hook=" + FactoryClient.encode(hook)));
    }

    @Override
    void print(JsonNode answer) {
      if (answer.path("deliveries").isEmpty()) {
        terminal.note("No deliveries.");
      } else {
        rows(answer.path("deliveries"));
      }
      for (var refused : answer.path("refused")) {
        terminal.note(
            "Refused at %s in the last seven days: %d, %s, last %s."
                .formatted(
                    ItemWords.text(refused, "hook"),
                    refused.path("count").asLong(),
                    ItemWords.text(refused, "reason"),
                    Words.ago(refused.path("last_at").asText(""), Instant.now())));
      }
    }

    private void rows(JsonNode deliveries) {
      var now = Instant.now();
      var table =
          new Table(
              Column.of("ID"),
              Column.optional("RECEIVED"),
              Column.cut("HOOK", 8),
              Column.cut("EVENT", 8),
              Column.of("VERDICT"),
              Column.cut("REASON", 20));
      for (var delivery : deliveries) {
        table.row(
            ItemWords.text(delivery, "id"),
            Words.ago(delivery.path("received_at").asText(""), now),
            ItemWords.text(delivery, "hook"),
            ItemWords.text(delivery, "event"),
            verdict(delivery),
            ItemWords.text(delivery, "reason"));
      }
      table.lines(terminal.width(), terminal::dim).forEach(terminal::say);
    }
  }

  /// `signals show`.
  @Command(
      name = "show",
      description = "Shows one delivery: what became of it, why, what was sent.")
  static final class Show extends LookCommand {
    @Parameters(paramLabel = "ID", description = "The delivery.")
    String id = "";

    Show(Context context) {
      super(context);
    }

    @Override
    JsonNode look(FactoryClient factory) {
      return factory.get(one(id));
    }

    @Override
    void print(JsonNode answer) {
      var delivery = answer.path("delivery");
      terminal.say(terminal.bold(verdict(delivery)) + "  " + ItemWords.text(delivery, "reason"));
      for (var name : new String[] {"hook", "source", "event", "rule", "attempts"}) {
        terminal.say(terminal.dim(Words.pad(name, 12)) + ItemWords.text(delivery, name));
      }
      delivery
          .path("items")
          .forEach(item ->
              terminal.say(terminal.dim(Words.pad("item", 12)) + Words.line(item.asText())));
      terminal.say("");
      terminal.say(Words.lines(answer.path("body").asText("")));
    }
  }

  /// `signals replay`.
  @Command(
      name = "replay",
      description = "Lets the rules, as they are now, look at a delivery again.")
  static final class Replay extends ClientCommand {
    @Parameters(paramLabel = "ID", description = "The delivery.")
    String id = "";

    Replay(Context context) {
      super(context);
    }

    @Override
    public Integer call() {
      var delivery = factory().post(one(id) + "/replay", Json.object());
      terminal.say(terminal.green("replayed") + " " + ItemWords.text(delivery, "id"));
      terminal.say("Next: " + terminal.cyan("millwright signals show " + Words.line(id)));
      return Exit.DONE;
    }
  }

  /// What became of it, or that it is still to be looked at.
  private static String verdict(JsonNode delivery) {
    return switch (ItemWords.text(delivery, "status")) {
      case "new" -> "waiting";
      case "dead" -> "dead";
      default -> ItemWords.text(delivery, "verdict");
    };
  }
}

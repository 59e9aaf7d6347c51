package dev.millwright.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import picocli.CommandLine.Command;

/// `history`.
@Command(
    name = "history",
    description = "Shows everything that happened to an item, from its journal.")
final class HistoryCommand extends ItemCommand {
  HistoryCommand(Context context) {
    super(context);
  }

  @Override
  String part() {
    return "/history";
  }

  @Override
  void print(JsonNode history) {
    var table = new Table(4, "#", "WHEN", "EVENT", "STAGE", "WHAT", "HASH");
    var now = Instant.now();
    for (var event : history.path("events")) {
      var hash = ItemWords.text(event, "hash");
      table.row(
          ItemWords.text(event, "seq"),
          Words.ago(event.path("at").asText(""), now),
          ItemWords.text(event, "event"),
          ItemWords.text(event, "stage"),
          ItemWords.text(event, "summary"),
          hash.substring(0, Math.min(12, hash.length())));
    }
    table.lines(terminal.width(), terminal::dim).forEach(terminal::say);
  }
}

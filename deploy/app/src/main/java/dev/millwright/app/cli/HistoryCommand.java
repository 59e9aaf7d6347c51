package dev.millwright.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.app.cli.Table.Column;
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
    var table =
        new Table(
            Column.of("#"),
            Column.of("WHEN"),
            Column.of("EVENT"),
            Column.optional("STAGE"),
            Column.optional("HASH"),
            Column.wrapped("WHAT", 24));
    var now = Instant.now();
    for (var event : history.path("events")) {
      var hash = ItemWords.text(event, "hash");
      table.row(
          ItemWords.text(event, "seq"),
          Words.ago(event.path("at").asText(""), now),
          ItemWords.text(event, "event"),
          ItemWords.text(event, "stage"),
          hash.substring(0, Math.min(12, hash.length())),
          ItemWords.text(event, "summary"));
    }
    table.lines(terminal.width(), terminal::dim).forEach(terminal::say);
  }
}

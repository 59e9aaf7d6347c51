package dev.millwright.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.app.cli.Table.Column;
import java.time.Instant;
import picocli.CommandLine.Command;

/// `boards`.
@Command(
    name = "boards",
    description = "Shows the boards work is taken from: what each has at work and what is wrong.")
final class BoardsCommand extends LookCommand {
  BoardsCommand(Context context) {
    super(context);
  }

  @Override
  JsonNode look(FactoryClient factory) {
    return factory.get("/api/v1/boards");
  }

  @Override
  void print(JsonNode answer) {
    var boards = answer.path("boards");
    if (boards.isEmpty()) {
      terminal.note("No boards. Add one under `boards` in millwright.yaml.");
      return;
    }
    var table =
        new Table(
            Column.of("BOARD"),
            Column.optional("KIND"),
            Column.of("AT WORK"),
            Column.of("WAITING"),
            Column.optional("FINISHED"),
            Column.of("READ"),
            Column.wrapped("WRONG", 20));
    var now = Instant.now();
    for (var board : boards) {
      table.row(
          terminal::red,
          6,
          board.path("name").asText(),
          board.path("kind").asText(),
          board.path("at_work").asText(),
          board.path("waiting").asText(),
          board.path("finished").asText(),
          board.path("checking").asBoolean()
              ? "now"
              : Words.ago(board.path("last_at").asText(""), now),
          wrong(board));
    }
    table.lines(terminal.width(), terminal::dim).forEach(terminal::say);
  }

  private static String wrong(JsonNode board) {
    var fault = board.path("fault");
    if (fault.isObject()) {
      return fault.path("code").asText() + ": " + fault.path("reason").asText();
    }
    var unreadable = board.path("unreadable");
    return switch (unreadable.size()) {
      case 0 -> "";
      case 1 -> "cannot read " + unreadable.path(0).asText();
      default ->
          "cannot read %d tickets, the first %s"
              .formatted(unreadable.size(), unreadable.path(0).asText());
    };
  }
}

package dev.millwright.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.app.cli.Table.Column;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The line as a page of text: its six stages and its items.
public final class Floor {
  private Floor() {}

  /// The page, line by line.
  ///
  /// @param stages the answer of `/api/v1/stages`
  /// @param items those to list below
  public static List<String> draw(JsonNode stages, JsonNode items, Terminal terminal, Instant now) {
    var lines = new ArrayList<String>();
    var table =
        new Table(
            Column.of("STAGE"),
            Column.of("RUNNING"),
            Column.of("QUEUED"),
            Column.of("WAITING"),
            Column.optional("DONE/H"),
            Column.cut("LOAD", 6),
            Column.optional("LEAD TIME"));
    for (var stage : stages.path("stages")) {
      table.row(
          ItemWords.text(stage, "name"),
          stage.path("running").asInt() + "/" + stage.path("capacity").asInt(),
          ItemWords.text(stage, "queued"),
          ItemWords.text(stage, "waiting"),
          ItemWords.text(stage, "done_last_hour"),
          stage.path("paused").asBoolean() ? "paused" : load(stage),
          leadTime(stage));
    }
    lines.addAll(table.lines(terminal.width(), terminal::dim));
    var paused = new ArrayList<String>();
    stages.path("paused_repos").forEach(repo -> paused.add(Words.line(repo.asText())));
    if (!paused.isEmpty()) {
      lines.add(terminal.yellow("paused repositories: " + String.join(", ", paused)));
    }
    if (!items.isEmpty()) {
      lines.add("");
      lines.addAll(ListCommand.rows(items, terminal, now));
    }
    return lines;
  }

  /// `■■□□` and a dot for everything that queues.
  private static String load(JsonNode stage) {
    int capacity = Math.clamp(stage.path("capacity").asInt(), 0, 16);
    int running = Math.clamp(stage.path("running").asInt(), 0, capacity);
    int queued = Math.clamp(stage.path("queued").asInt(), 0, 16);
    return "■".repeat(running) + "□".repeat(capacity - running) + " " + "·".repeat(queued);
  }

  private static String leadTime(JsonNode stage) {
    var p50 = stage.path("lead_time_seconds_p50");
    return p50.isNumber() ? Words.span(Duration.ofSeconds(p50.asLong())) : "";
  }
}

package dev.millwright.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.millwright.app.cli.Table.Column;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `ls`.
@Command(name = "ls", description = "Lists items, newest first.")
final class ListCommand extends LookCommand {
  @Option(
      names = "--stage",
      paramLabel = "S",
      completionCandidates = Choices.Stages.class,
      description = "Only items at this stage: ${COMPLETION-CANDIDATES}.")
  @Nullable String stage;

  @Option(
      names = "--status",
      paramLabel = "S",
      completionCandidates = Choices.Statuses.class,
      description = "${COMPLETION-CANDIDATES}.")
  @Nullable String status;

  @Option(names = "--repo", paramLabel = "R", description = "Only items of this repository.")
  @Nullable String repo;

  @Option(names = "--label", paramLabel = "L", description = "Only items with this label.")
  @Nullable String label;

  @Option(
      names = "--query",
      paramLabel = "WORDS",
      description = "Only items with these words in title or id.")
  @Nullable String query;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "At most so many, 1 to 500; ${DEFAULT-VALUE} unless told.")
  int limit;

  @Option(
      names = {"-q", "--quiet"},
      description = "Only the ids, one a line.")
  boolean quiet;

  @Option(names = "--all", description = "All of them, however many.")
  boolean all;

  ListCommand(Context context) {
    super(context);
  }

  @Override
  JsonNode look(FactoryClient factory) {
    if (limit < 1 || limit > 500) {
      throw new Failure(Exit.USED_WRONGLY, "--limit must be 1 to 500, got " + limit + ".");
    }
    var asked = new ArrayList<String>();
    asked.add("limit=" + (all ? 500 : limit));
    add(asked, "stage", stage);
    add(asked, "status", status);
    add(asked, "repo", repo);
    add(asked, "label", label);
    add(asked, "q", query);
    var path = "/api/v1/items?" + String.join("&", asked);
    var first = factory.get(path);
    if (!all) {
      return first;
    }
    var gathered = Json.object();
    ArrayNode items = gathered.putArray("items");
    for (var page = first; ; ) {
      page.path("items").forEach(items::add);
      var cursor = page.path("next_cursor").asText("");
      if (cursor.isEmpty()) {
        return gathered.putNull("next_cursor");
      }
      page = factory.get(path + "&cursor=" + FactoryClient.encode(cursor));
    }
  }

  private boolean isNarrowed() {
    return Stream.of(stage, status, repo, label, query).anyMatch(Objects::nonNull);
  }

  private static void add(List<String> asked, String name, @Nullable String value) {
    if (value != null) {
      asked.add(name + "=" + FactoryClient.encode(value));
    }
  }

  @Override
  void print(JsonNode answer) {
    var items = answer.path("items");
    if (quiet) {
      items.forEach(item -> terminal.say(ItemWords.text(item, "id")));
      return;
    }
    if (items.isEmpty()) {
      terminal.note(
          isNarrowed()
              ? "No item is like that. See all: millwright ls"
              : "No items. Give it work with: millwright submit TITLE --repo R");
      return;
    }
    rows(items, terminal, Instant.now()).forEach(terminal::say);
    if (!answer.path("next_cursor").asText("").isEmpty()) {
      terminal.note(terminal.dim("There are more; see them with --all or a larger --limit."));
    }
  }

  static List<String> rows(JsonNode items, Terminal terminal, Instant now) {
    var table =
        new Table(
            Column.cut("ID", 16),
            Column.cut("TITLE", 12),
            Column.optional("REPO"),
            Column.optional("STAGE"),
            Column.of("STATE"),
            Column.optional("UPDATED"));
    for (var item : items) {
      table.row(
          state -> ItemWords.coloured(item, state, terminal),
          4,
          ItemWords.text(item, "id"),
          ItemWords.text(item, "title"),
          ItemWords.text(item, "repo"),
          ItemWords.text(item, "stage"),
          ItemWords.state(item),
          Words.ago(item.path("updated_at").asText(""), now));
    }
    return table.lines(terminal.width(), terminal::dim);
  }
}

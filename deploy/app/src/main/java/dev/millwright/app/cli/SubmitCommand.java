package dev.millwright.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `submit`.
@Command(
    name = "submit",
    description = "Gives the factory a new item and prints its id.",
    footer = {
      "",
      "With --wait: 0 when it is done or its change waits for review, 1 when it ends otherwise or"
          + " needs an answer."
    })
final class SubmitCommand extends ClientCommand {
  private static final int TRIES = 30;

  @Parameters(paramLabel = "TITLE", description = "What is to be done, in one line.")
  String title = "";

  @Option(
      names = "--repo",
      required = true,
      paramLabel = "R",
      description = "The repository it is about.")
  String repo = "";

  @Option(
      names = "--body-file",
      paramLabel = "F",
      description = "The details; - reads them from stdin.")
  @Nullable String bodyFile;

  @Option(names = "--label", paramLabel = "L", description = "A label; may be given several times.")
  List<String> labels = List.of();

  @Option(
      names = "--priority",
      paramLabel = "N",
      description = "1 is the most urgent, 4 the least.")
  @Nullable Integer priority;

  @Option(names = "--agent", paramLabel = "A", description = "The agent that shall do it.")
  @Nullable String agent;

  @Option(
      names = "--key",
      paramLabel = "K",
      description = "The signal's key: the same key always lands on the same item.")
  @Nullable String key;

  @Option(
      names = "--fact",
      paramLabel = "K=V",
      description = "A fact for the agent, such as recipe=upgrade-dependency.")
  Map<String, String> facts = new LinkedHashMap<>();

  @Option(names = "--wait", description = "Show how it goes until it is over or needs you.")
  boolean wait;

  @Option(names = "--json", description = "Print the factory's answer as JSON.")
  boolean json;

  SubmitCommand(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    var factory = factory();
    var answer = factory.post("/api/v1/signals", signal());
    var id = ItemWords.text(answer, "item_id");
    terminal.say(json ? Json.pretty(answer) : id);
    if (answer.path("duplicate").asBoolean()) {
      terminal.note(terminal.dim("Known already; this is the item with the same key."));
    }
    return wait ? follow(factory, id) : Exit.DONE;
  }

  private ObjectNode signal() {
    if (priority != null && (priority < 1 || priority > 4)) {
      throw new Failure(Exit.USED_WRONGLY, "--priority must be 1 to 4, got " + priority + ".");
    }
    var signal = Json.object().put("source", "cli").put("title", title).put("repo", repo);
    signal.put("body", body());
    labels.forEach(signal.putArray("labels")::add);
    var stated = signal.putObject("facts");
    facts.forEach(stated::put);
    if (priority != null) {
      signal.put("priority", priority);
    }
    if (agent != null) {
      signal.put("agent", agent);
    }
    if (key != null) {
      signal.put("key", key);
    }
    return signal;
  }

  private String body() {
    if (bodyFile == null) {
      return "";
    }
    try {
      return bodyFile.equals("-")
          ? new String(terminal.in().readAllBytes(), StandardCharsets.UTF_8)
          : Files.readString(Path.of(bodyFile));
    } catch (IOException | IllegalArgumentException e) {
      throw new Failure(
          Exit.USED_WRONGLY,
          "The body cannot be read from " + Words.line(bodyFile) + ".",
          Words.line(e.getClass().getSimpleName() + ": " + e.getMessage()));
    }
  }

  /// Follows the item's events; a stream that breaks is taken up again where the item is by then.
  private int follow(FactoryClient factory, String id) {
    var last = new String[] {""};
    for (int tries = 0; tries < TRIES; tries++) {
      try {
        var item = factory.get(FactoryClient.item(id));
        if (report(item, last)) {
          return verdict(item);
        }
        var end = new JsonNode[1];
        factory.events(
            FactoryClient.item(id) + "/events", (name, data) -> take(name, data, last, end));
        if (end[0] != null) {
          return verdict(end[0]);
        }
      } catch (Failure failure) {
        if (!FactoryClient.isAway(failure) || tries + 1 == TRIES) {
          throw failure;
        }
      }
      Pause.aSecond();
    }
    throw new Failure(
        Exit.NO_FACTORY,
        "The factory stopped telling how " + id + " goes.",
        "Look with: millwright show " + id);
  }

  private boolean take(String name, String data, String[] last, @Nullable JsonNode[] end) {
    if (!name.equals("item")) {
      return true;
    }
    try {
      var item = Json.read(data);
      if (report(item, last)) {
        end[0] = item;
        return false;
      }
    } catch (JsonProcessingException _) {
      // Not an item; the next event tells more.
    }
    return true;
  }

  /// Says where the item is when that is news.
  ///
  /// @return whether there is nothing more to wait for
  private boolean report(JsonNode item, String[] last) {
    var now = Words.pad(ItemWords.text(item, "stage"), 14) + ItemWords.state(item);
    if (!now.equals(last[0])) {
      last[0] = now;
      var reason = ItemWords.text(item, "reason");
      terminal.note(
          ItemWords.coloured(item, now, terminal) + (reason.isEmpty() ? "" : "  " + reason));
    }
    return ItemWords.isFinished(item) || ItemWords.needsPerson(item);
  }

  private int verdict(JsonNode item) {
    var next = ItemWords.next(item);
    if (!next.isEmpty()) {
      terminal.note("Next: " + next);
    }
    return ItemWords.endedWell(item) || ItemWords.waitsForReview(item) ? Exit.DONE : Exit.FAILED;
  }
}

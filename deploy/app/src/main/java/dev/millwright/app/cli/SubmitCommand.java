package dev.millwright.app.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
  @Parameters(paramLabel = "TITLE", description = "What is to be done, in one line.")
  String title = "";

  @Option(
      names = "--repo",
      paramLabel = "R",
      description = "The repository it is about; may be left out where there is only one.")
  @Nullable String repo;

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
    return wait ? new Waiting(factory, terminal).until(id) : Exit.DONE;
  }

  private ObjectNode signal() {
    if (priority != null && (priority < 1 || priority > 4)) {
      throw new Failure(Exit.USED_WRONGLY, "--priority must be 1 to 4, got " + priority + ".");
    }
    var signal = Json.object().put("source", "cli").put("title", title);
    if (repo != null) {
      signal.put("repo", repo);
    }
    signal.put("body", Bodies.read(bodyFile, context));
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
}

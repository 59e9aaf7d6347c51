package dev.millwright.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;

/// `top`.
@Command(
    name = "top",
    description = "Shows the line at work: live on a terminal, else as it is now.")
final class TopCommand extends LookCommand {
  TopCommand(Context context) {
    super(context);
  }

  @Override
  JsonNode look(FactoryClient factory) {
    var seen = Json.object();
    seen.set("line", factory.get("/api/v1/stages"));
    seen.set("items", factory.get("/api/v1/items?limit=100").path("items"));
    return seen;
  }

  @Override
  void print(JsonNode seen) {
    Floor.draw(seen.path("line"), seen.path("items"), terminal, Instant.now())
        .forEach(terminal::say);
  }

  @Override
  public Integer call() {
    if (json || !terminal.live()) {
      return super.call();
    }
    var factory = factory();
    var first = look(factory);
    try (var screen = Screen.passing(terminal)) {
      for (var seen = first; ; seen = again(factory, seen, screen)) {
        screen.draw(page(seen, factory.toString()));
        Pause.aSecond();
      }
    }
  }

  private JsonNode again(FactoryClient factory, JsonNode before, Screen screen) {
    try {
      return look(factory);
    } catch (Failure failure) {
      if (!FactoryClient.isAway(failure)) {
        throw failure;
      }
      screen.draw(page(before, terminal.red(failure.what())));
      return before;
    }
  }

  private List<String> page(JsonNode seen, String head) {
    var lines =
        Floor.draw(seen.path("line"), seen.path("items"), terminal.resized(), Instant.now());
    lines.addFirst(terminal.bold("Millwright") + "  " + head + terminal.dim("  Ctrl-C leaves"));
    return lines;
  }
}

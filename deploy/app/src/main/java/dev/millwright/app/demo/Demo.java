package dev.millwright.app.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.app.FactoryRunner;
import dev.millwright.app.FactoryRunner.CannotStart;
import dev.millwright.app.FactoryRunner.Running;
import dev.millwright.app.cli.Exit;
import dev.millwright.app.cli.FactoryClient;
import dev.millwright.app.cli.Floor;
import dev.millwright.app.cli.ItemWords;
import dev.millwright.app.cli.Json;
import dev.millwright.app.cli.Pause;
import dev.millwright.app.cli.Screen;
import dev.millwright.app.cli.Terminal;
import dev.millwright.app.cli.Words;
import dev.millwright.shared.settings.FactorySettings;
import dev.millwright.shared.settings.RepoSettings;
import dev.millwright.shared.settings.ServerSettings;
import dev.millwright.shared.workspace.Detection;
import dev.millwright.shared.workspace.SandboxKind;
import dev.millwright.shared.workspace.Sandboxes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A factory, a service, five pieces of work, and a view of them until each waits for review.
public final class Demo {
  private static final Duration MOST = Duration.ofMinutes(20);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(400);

  private final FactoryRunner runner;
  private final Terminal terminal;

  public Demo(FactoryRunner runner, Terminal terminal) {
    this.runner = runner;
    this.terminal = terminal;
  }

  /// Runs the sample through the line and says what came of it.
  ///
  /// @param once whether to end when every item waits for review, instead of at Ctrl-C
  public int run(Path data, int port, boolean once)
      throws IOException, InterruptedException, CannotStart {
    Files.createDirectories(data);
    var sample = sample(data);
    var settings = settings(data, port, sample);
    try (var running = runner.start(settings, line -> terminal.note(terminal.dim(line)));
        var factory = new FactoryClient(running.url(), "")) {
      Runtime.getRuntime().addShutdownHook(new Thread(running::close, "stop"));
      var ids = submit(factory, sample);
      var items = watch(factory, ids);
      int code = report(items, data);
      if (once) {
        terminal.say("To look and decide: millwright demo --data " + Words.line(data.toString()));
      } else {
        sayNext(items, running);
        terminal.say("It stays up until Ctrl-C. The dashboard: " + running.url());
        running.awaitStopped();
      }
      return code;
    }
  }

  private static SampleService sample(Path data) throws IOException, CannotStart {
    var sandbox =
        switch (Sandboxes.detect(SandboxKind.AUTO, data)) {
          case Detection.Available(var found) -> found;
          case Detection.Missing(var reason, var fix) ->
              throw new CannotStart("The demo needs a sandbox: " + reason + ".", fix);
        };
    var sample = new SampleService(sandbox);
    sample.write(orders(data));
    return sample;
  }

  private static Path orders(Path data) {
    return data.resolve("sample").resolve("orders");
  }

  private static FactorySettings settings(Path data, int port, SampleService sample)
      throws IOException {
    var repo =
        new RepoSettings(
            SampleService.REPO, orders(data).toString(), "main", "local", "WORKFLOW.md");
    return FactorySettings.local(data, Map.of(repo.name(), repo))
        .withAgents(sample.agents())
        .withServer(ServerSettings.DEFAULT.withPort(port));
  }

  private static List<String> submit(FactoryClient factory, SampleService sample)
      throws IOException {
    var ids = new ArrayList<String>();
    for (var signal : sample.signals()) {
      ids.add(factory.post("/api/v1/signals", signal).path("item_id").asText());
    }
    return ids;
  }

  /// Looks until every item has got as far as it gets by itself, or the time is up.
  private List<JsonNode> watch(FactoryClient factory, List<String> ids) {
    var deadline = Instant.now().plus(MOST);
    var said = new LinkedHashMap<String, String>();
    try (var screen = terminal.live() ? Screen.staying(terminal) : null) {
      while (true) {
        var items = ids.stream().map(id -> factory.get("/api/v1/items/" + id)).toList();
        if (screen == null) {
          items.forEach(item -> sayNews(item, said));
        } else {
          screen.draw(page(factory, items));
        }
        if (items.stream().allMatch(Demo::rests) || Instant.now().isAfter(deadline)) {
          return items;
        }
        Pause.of(BETWEEN_LOOKS);
      }
    }
  }

  private List<String> page(FactoryClient factory, List<JsonNode> items) {
    var lines =
        Floor.draw(
            factory.get("/api/v1/stages"), Json.tree(items), terminal.resized(), Instant.now());
    lines.addFirst(terminal.bold("Millwright demo") + "  " + factory);
    return lines;
  }

  private void sayNews(JsonNode item, Map<String, String> said) {
    var id = ItemWords.text(item, "id");
    var news = ItemWords.text(item, "stage") + ": " + ItemWords.state(item);
    if (!news.equals(said.put(id, news))) {
      terminal.say(id + "  " + news);
    }
  }

  private static boolean rests(JsonNode item) {
    return ItemWords.isFinished(item) || ItemWords.needsPerson(item);
  }

  private void sayNext(List<JsonNode> items, Running running) {
    items.stream()
        .filter(ItemWords::waitsForReview)
        .findFirst()
        .ifPresent(item ->
            terminal.say(
                "Next: millwright diff " + ItemWords.text(item, "id") + " --url " + running.url()));
  }

  private int report(List<JsonNode> items, Path data) {
    var bad =
        items.stream()
            .filter(item -> !ItemWords.waitsForReview(item) && !ItemWords.endedWell(item))
            .collect(Collectors.toList());
    terminal.say("");
    for (var item : bad) {
      terminal.say(
          terminal.red("did not get there: ")
              + ItemWords.text(item, "id")
              + " is "
              + ItemWords.state(item)
              + " at "
              + ItemWords.text(item, "stage")
              + ": "
              + ItemWords.text(item, "reason"));
    }
    for (var item : items) {
      if (!bad.contains(item)) {
        terminal.say(
            terminal.green("✓ ")
                + ItemWords.text(item, "title")
                + terminal.dim("  " + ItemWords.state(item)));
      }
    }
    terminal.say("");
    terminal.say("Everything is in " + Words.line(data.toString()));
    return bad.isEmpty() ? Exit.DONE : Exit.FAILED;
  }
}

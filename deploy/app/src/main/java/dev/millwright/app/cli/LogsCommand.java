package dev.millwright.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `logs`.
@Command(name = "logs", description = "Prints what an item's attempts wrote.")
final class LogsCommand extends ItemCommand {
  private static final int TAIL = 500;
  private static final String END = "\0end";

  @Option(
      names = {"-f", "--follow"},
      description = "Go on while the item is at work.")
  boolean follow;

  LogsCommand(Context context) {
    super(context);
  }

  @Override
  String part() {
    return "/transcript";
  }

  @Override
  JsonNode look(FactoryClient factory) {
    return Json.object()
        .put("id", id)
        .put("transcript", factory.text(FactoryClient.item(id) + part()));
  }

  @Override
  void print(JsonNode answer) {
    Words.lines(answer.path("transcript").asText()).lines().forEach(terminal::say);
  }

  @Override
  public Integer call() {
    if (!follow) {
      return super.call();
    }
    var factory = factory();
    var item = factory.get(FactoryClient.item(id));
    if (ItemWords.isFinished(item) || ItemWords.needsPerson(item)) {
      return super.call();
    }
    // Listen first and read the past after, so that nothing falls between the two.
    var arriving = new LinkedBlockingQueue<String>();
    Thread.startVirtualThread(() -> listen(factory, arriving));
    var past = Words.lines(factory.text(FactoryClient.item(id) + part())).lines().toList();
    past.forEach(terminal::say);
    var tail = new HashSet<>(past.subList(Math.max(0, past.size() - TAIL), past.size()));
    return drain(arriving, tail);
  }

  private int drain(LinkedBlockingQueue<String> arriving, Set<String> alreadySaid) {
    List<String> early = new ArrayList<>();
    arriving.drainTo(early);
    for (var line : early) {
      if (line.equals(END)) {
        return Exit.DONE;
      }
      if (!alreadySaid.contains(line)) {
        terminal.say(line);
      }
    }
    try {
      for (var line = arriving.take(); !line.equals(END); line = arriving.take()) {
        terminal.say(line);
      }
      return Exit.DONE;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Exit.FAILED;
    }
  }

  private void listen(FactoryClient factory, LinkedBlockingQueue<String> arriving) {
    try {
      factory.events(
          FactoryClient.item(id) + "/events", (name, data) -> take(name, data, arriving));
    } catch (Failure failure) {
      arriving.add(failure.what());
    } finally {
      arriving.add(END);
    }
  }

  private static boolean take(String name, String data, LinkedBlockingQueue<String> arriving) {
    var read = read(data);
    if (name.equals("item")) {
      return !ItemWords.isFinished(read) && !ItemWords.needsPerson(read);
    }
    if (name.equals("line")) {
      var text = read.isObject() ? read.path("text").asText(read.path("line").asText("")) : data;
      Words.lines(text).lines().forEach(arriving::add);
    }
    return true;
  }

  private static JsonNode read(String data) {
    try {
      return Json.read(data);
    } catch (JsonProcessingException _) {
      return Json.object().put("text", data);
    }
  }
}

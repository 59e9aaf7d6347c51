package dev.millwright.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.StreamSupport;

/// Tells how an item goes until it is over or needs somebody.
final class Waiting {
  private final FactoryClient factory;
  private final Terminal terminal;
  private JsonNode latest = Json.object();
  private String told = "";
  private long begun; // The number of the newest attempt that was told of.

  Waiting(FactoryClient factory, Terminal terminal) {
    this.factory = factory;
    this.terminal = terminal;
  }

  /// The exit code in the end: it went well if it is done, or its change waits for review.
  int until(String id) {
    Following.follow(factory, terminal, id, this::more);
    var next = ItemWords.next(latest);
    if (!next.isEmpty()) {
      terminal.note("Next: " + next);
    }
    return ItemWords.endedWell(latest) || ItemWords.waitsForReview(latest)
        ? Exit.DONE
        : Exit.FAILED;
  }

  private boolean more(Event event) {
    if (!event.name().equals("item")) {
      return true;
    }
    try {
      var item = Json.read(event.data());
      if (!place(item).equals(told)) {
        tellBegun(item);
        tell(item, place(item), ItemWords.text(item, "reason"));
      }
      latest = item;
      return !ItemWords.isFinished(item) && !ItemWords.needsPerson(item);
    } catch (JsonProcessingException _) {
      return true; // Not an item; the next event tells more.
    }
  }

  /// Events say where an item is now and how many attempts it had by then; a stage it has hurried
  /// through is only in its history, which may be further already.
  private void tellBegun(JsonNode item) {
    long attempts = item.path("progress").path("attempts").asLong();
    if (attempts == begun) {
      return;
    }
    var history = factory.get(FactoryClient.item(ItemWords.text(item, "id")) + "/history");
    StreamSupport.stream(history.path("events").spliterator(), false)
        .filter(event -> event.path("event").asText().equals("attempt-started"))
        .limit(attempts)
        .skip(begun)
        .map(event ->
            Json.object().put("status", "running").put("stage", event.path("stage").asText()))
        .forEach(running -> tell(running, place(running), ""));
    begun = attempts;
  }

  private void tell(JsonNode item, String place, String reason) {
    if (!place.equals(told)) {
      told = place;
      terminal.note(
          ItemWords.coloured(item, place, terminal) + (reason.isEmpty() ? "" : "  " + reason));
    }
  }

  private static String place(JsonNode item) {
    return Words.pad(ItemWords.text(item, "stage"), 15) + ItemWords.state(item);
  }
}

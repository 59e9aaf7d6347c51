package dev.millwright.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

/// Tells how an item goes until it is over or needs somebody.
final class Waiting {
  private final FactoryClient factory;
  private final Terminal terminal;
  private JsonNode latest = Json.object();
  private String told = "";
  private long read; // The number of the newest attempt that was told of.

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

  /// Events say where an item is now; a stage it has hurried through is only among the attempts it
  /// had by then.
  private void tellBegun(JsonNode item) {
    for (var attempt : item.path("attempts")) {
      if (attempt.path("generation").asLong() > read) {
        read = attempt.path("generation").asLong();
        var running =
            Json.object().put("status", "running").put("stage", attempt.path("stage").asText());
        tell(running, place(running), "");
      }
    }
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

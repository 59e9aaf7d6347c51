package dev.millwright.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

/// Tells how an item goes until it is over or needs somebody.
final class Waiting {
  private final FactoryClient factory;
  private final Terminal terminal;
  private JsonNode latest = Json.object();

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
      var now = place(item);
      if (!now.equals(place(latest))) {
        var reason = ItemWords.text(item, "reason");
        terminal.note(
            ItemWords.coloured(item, now, terminal) + (reason.isEmpty() ? "" : "  " + reason));
      }
      latest = item;
      return !ItemWords.isFinished(item) && !ItemWords.needsPerson(item);
    } catch (JsonProcessingException _) {
      return true; // Not an item; the next event tells more.
    }
  }

  private static String place(JsonNode item) {
    return Words.pad(ItemWords.text(item, "stage"), 15) + ItemWords.state(item);
  }
}

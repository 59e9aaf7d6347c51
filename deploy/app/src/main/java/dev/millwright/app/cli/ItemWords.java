package dev.millwright.app.cli;

import com.fasterxml.jackson.databind.JsonNode;

/// An item of the API in words.
public final class ItemWords {
  private ItemWords() {}

  /// A member as one harmless line, empty when it is not there.
  public static String text(JsonNode node, String name) {
    return Words.line(node.path(name).asText(""));
  }

  /// `running`, `waiting for review`, `done`.
  public static String state(JsonNode item) {
    var status = text(item, "status");
    return switch (status) {
      case "waiting" -> "waiting for " + text(item, "waiting_on");
      case "finished" -> text(item, "result").replace('_', ' ');
      default -> status;
    };
  }

  /// The state in its colour.
  public static String coloured(JsonNode item, String padded, Terminal terminal) {
    return switch (text(item, "status")) {
      case "running" -> terminal.cyan(padded);
      case "waiting" -> terminal.yellow(padded);
      case "finished" -> endedWell(item) ? terminal.green(padded) : terminal.red(padded);
      default -> padded;
    };
  }

  public static boolean isFinished(JsonNode item) {
    return text(item, "status").equals("finished");
  }

  public static boolean endedWell(JsonNode item) {
    return isFinished(item) && text(item, "result").equals("done");
  }

  /// Whether nothing more happens until a person does something.
  public static boolean needsPerson(JsonNode item) {
    return text(item, "status").equals("waiting")
        && switch (text(item, "waiting_on")) {
          case "review", "answer", "approval" -> true;
          default -> false;
        };
  }

  public static boolean waitsForReview(JsonNode item) {
    return needsPerson(item) && text(item, "waiting_on").equals("review");
  }

  /// What to type next, empty when nothing is needed.
  public static String next(JsonNode item) {
    var id = text(item, "id");
    if (!needsPerson(item)) {
      return "";
    }
    return switch (text(item, "waiting_on")) {
      case "review" -> "millwright diff " + id + ", then: millwright approve " + id;
      case "answer" -> "millwright answer " + id + " --text \"…\"";
      default -> "millwright approve " + id;
    };
  }
}

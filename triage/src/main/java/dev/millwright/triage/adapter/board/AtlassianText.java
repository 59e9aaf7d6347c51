package dev.millwright.triage.adapter.board;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Reads a document of Atlassian's (ADF) as Markdown.
///
/// What it does not know is read through to the words inside, so that a new kind of node costs its
/// form but no text. Colours and the like are left away.
final class AtlassianText {
  private static final int MOST_DEPTH = 40;

  private AtlassianText() {}

  /// @param document a document, a plain text, or nothing
  static String of(JsonNode document) {
    return document.isTextual() ? document.asText().strip() : blocks(document, 0).strip();
  }

  private static String blocks(JsonNode parent, int depth) {
    return children(parent).stream()
        .map(it -> block(it, depth))
        .filter(it -> !it.isBlank())
        .collect(Collectors.joining("\n\n"));
  }

  private static String block(JsonNode node, int depth) {
    if (depth > MOST_DEPTH) {
      return "";
    }
    return switch (node.path("type").asText()) {
      case "paragraph" -> inline(node, depth);
      case "heading" ->
          "#".repeat(Math.clamp(node.at("/attrs/level").asInt(1), 1, 6))
              + " "
              + inline(node, depth);
      case "bulletList", "taskList", "decisionList" -> list(node, depth, 0);
      case "orderedList" -> list(node, depth, Math.max(1, node.at("/attrs/order").asInt(1)));
      case "taskItem", "decisionItem" -> inline(node, depth);
      case "codeBlock" -> code(node);
      case "blockquote", "panel" -> indented("> ", "> ", blocks(node, depth + 1));
      case "rule" -> "---";
      case "tableRow" -> row(node, depth);
      case "table" ->
          children(node).stream().map(it -> block(it, depth + 1)).collect(Collectors.joining("\n"));
      case "text", "hardBreak", "mention", "emoji", "date", "status", "inlineCard" ->
          word(node, depth);
      case "blockCard", "embedCard" -> node.at("/attrs/url").asText();
      case "media" -> "(attachment " + node.at("/attrs/alt").asText("without a name") + ")";
      default -> blocks(node, depth + 1);
    };
  }

  /// @param first the first item's number; 0 for a list without numbers
  private static String list(JsonNode node, int depth, int first) {
    var lines = new ArrayList<String>();
    var number = first;
    for (var item : children(node)) {
      var bullet = first == 0 ? "- " : number++ + ". ";
      var words =
          switch (item.path("type").asText()) {
            case "taskItem", "decisionItem" -> inline(item, depth + 1);
            case "listItem" ->
                children(item).stream()
                    .map(it -> block(it, depth + 1))
                    .filter(it -> !it.isBlank())
                    .collect(Collectors.joining("\n"));
            default -> block(item, depth + 1);
          };
      lines.add(indented(bullet, " ".repeat(bullet.length()), words));
    }
    return String.join("\n", lines);
  }

  private static String row(JsonNode node, int depth) {
    return children(node).stream()
        .map(it -> blocks(it, depth + 1).replaceAll("\\s*\n\\s*", " ").replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static String code(JsonNode node) {
    var text =
        children(node).stream().map(it -> it.path("text").asText()).collect(Collectors.joining());
    var fence = "```";
    while (text.contains(fence)) {
      fence += "`";
    }
    var language = node.at("/attrs/language").asText("").replaceAll("[^\\w+#.-]", "");
    return fence + language + "\n" + text + "\n" + fence;
  }

  private static String inline(JsonNode parent, int depth) {
    return depth > MOST_DEPTH
        ? ""
        : children(parent).stream().map(it -> word(it, depth + 1)).collect(Collectors.joining());
  }

  private static String word(JsonNode node, int depth) {
    var attributes = node.path("attrs");
    return switch (node.path("type").asText()) {
      case "text" -> marked(node);
      case "hardBreak" -> "\n";
      case "mention", "status" -> attributes.path("text").asText();
      case "emoji" -> attributes.path("text").asText(attributes.path("shortName").asText());
      case "date" -> date(attributes.path("timestamp").asLong());
      case "inlineCard" -> attributes.path("url").asText();
      default -> block(node, depth + 1);
    };
  }

  private static String marked(JsonNode node) {
    var text = node.path("text").asText();
    for (var mark : node.path("marks")) {
      switch (mark.path("type").asText()) {
        case "code" -> text = "`" + text + "`";
        case "strong" -> text = "**" + text + "**";
        case "em" -> text = "*" + text + "*";
        case "link" -> {
          var address = mark.at("/attrs/href").asText();
          text = address.equals(text) ? text : "[" + text + "](" + address + ")";
        }
        default -> {}
      }
    }
    return text;
  }

  private static String date(long milliseconds) {
    var most = 253_402_300_799_999L;
    return Instant.ofEpochMilli(Math.clamp(milliseconds, 0, most))
        .atOffset(ZoneOffset.UTC)
        .toLocalDate()
        .toString();
  }

  private static String indented(String first, String others, String text) {
    return text.isBlank() ? "" : first + text.replace("\n", "\n" + others);
  }

  private static List<JsonNode> children(JsonNode node) {
    var all = new ArrayList<JsonNode>();
    node.path("content").forEach(all::add);
    return all;
  }
}

package dev.millwright.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// JSON in and out.
public final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  public static JsonNode read(String text) throws JsonProcessingException {
    return MAPPER.readTree(text);
  }

  /// Any maps, lists and values as a tree.
  public static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /// For people and programs: what could harm a terminal is escaped, which JSON reads the same.
  public static String pretty(JsonNode node) {
    var written = node.toPrettyString();
    var safe = new StringBuilder(written.length());
    written
        .codePoints()
        .forEach(c -> {
          if (c == '\n' || !Words.isHarmful(c)) {
            safe.appendCodePoint(c);
          } else if (c != '\r') {
            for (char unit : Character.toChars(c)) {
              safe.append(String.format("\\u%04x", (int) unit));
            }
          }
        });
    return safe.toString();
  }
}

package dev.millwright.triage.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.shared.http.Excerpt;
import java.util.LinkedHashMap;
import java.util.Map;

/// Flattens a foreign payload into a bounded number of short facts: `alert.labels.severity`.
final class Facts {
  static final int MOST_FACTS = 64;
  static final int MOST_NAME_CHARACTERS = 100;
  static final int MOST_VALUE_CHARACTERS = 2_000;

  private final Map<String, String> facts = new LinkedHashMap<>();

  private Facts() {}

  static Map<String, String> of(JsonNode payload) {
    var facts = new Facts();
    facts.add("", payload);
    return facts.facts;
  }

  private void add(String path, JsonNode value) {
    if (facts.size() >= MOST_FACTS) {
      return;
    }
    switch (value.getNodeType()) {
      case OBJECT ->
          value.properties().forEach(entry -> add(join(path, entry.getKey()), entry.getValue()));
      case ARRAY -> {
        for (var i = 0; i < value.size(); i++) {
          add(join(path, String.valueOf(i)), value.get(i));
        }
      }
      case STRING, NUMBER, BOOLEAN -> facts.put(path.isEmpty() ? "data" : path, cut(value));
      default -> {}
    }
  }

  private static String cut(JsonNode value) {
    return Excerpt.of(value.asText(), MOST_VALUE_CHARACTERS);
  }

  private static String join(String path, String name) {
    return Excerpt.of(path.isEmpty() ? name : path + "." + name, MOST_NAME_CHARACTERS);
  }
}

package dev.millwright.shared.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Describes `millwright.yaml` as JSON Schema 2020-12, for editors and for other programs.
public final class SettingsSchema {
  private SettingsSchema() {}

  /// The schema as plain maps, lists and values, ready for any JSON writer.
  public static Map<String, Object> schema() {
    var schema = new LinkedHashMap<String, Object>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "millwright.yaml");
    schema.putAll(of(KeyTree.ROOT));
    return schema;
  }

  private static Map<String, Object> of(KeyTree tree) {
    return switch (tree) {
      case KeyTree.Leaf(var key) -> leaf(key);
      case KeyTree.Many(var each) -> ordered("type", "array", "items", of(each));
      case KeyTree.Named(var each) ->
          ordered(
              "type", "object",
              "propertyNames", Map.of("pattern", "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"),
              "additionalProperties", of(each));
      case KeyTree.Group(var children) -> group(children);
    };
  }

  private static Map<String, Object> group(Map<String, KeyTree> children) {
    var properties = new LinkedHashMap<String, Object>();
    var required = new ArrayList<String>();
    children.forEach((name, child) -> {
      var property = new LinkedHashMap<>(of(child));
      var about = Keys.SECTIONS.get(name);
      if (about != null && !(child instanceof KeyTree.Leaf)) {
        property.put("description", about);
      }
      properties.put(name, property);
      if (child instanceof KeyTree.Leaf(var key) && key.need() == Key.Need.REQUIRED) {
        required.add(name);
      }
    });
    var group = ordered("type", "object", "properties", properties, "additionalProperties", false);
    if (!required.isEmpty()) {
      group.put("required", List.copyOf(required));
    }
    return group;
  }

  private static Map<String, Object> leaf(Key key) {
    var leaf = new LinkedHashMap<String, Object>(key.type().schema());
    boolean later = key.need() == Key.Need.LATER;
    leaf.put("description", key.meaning() + (later ? " Not used by this version." : ""));
    if (key.preset() != null && key.type() instanceof KeyType.Whole) {
      leaf.put("default", Integer.valueOf(key.preset()));
    } else if (key.preset() != null && key.type() instanceof Flag) {
      leaf.put("default", Boolean.valueOf(key.preset()));
    } else if (key.preset() != null && !(key.type() instanceof KeyType.Texts)) {
      leaf.put("default", key.preset());
    }
    return leaf;
  }

  private static Map<String, Object> ordered(Object... pairs) {
    var map = new LinkedHashMap<String, Object>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }
}

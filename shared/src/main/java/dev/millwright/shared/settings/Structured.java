package dev.millwright.shared.settings;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// Values that are more than one word, and whose keys are not ours to name.
sealed interface Structured extends KeyType {
  int MOST_VALUES = 1_000;
  int DEEPEST = 10;

  /// The value, or what is wrong with it.
  Map<String, Object> read(MappingNode node) throws Mistake;

  @Override
  default Object read(String text, Surroundings place) throws Mistake {
    throw new Mistake("holds one value", "write " + words());
  }

  /// Keys and values as they are written.
  record Open() implements Structured {
    @Override
    public String words() {
      return "keys and values";
    }

    @Override
    public Map<String, Object> schema() {
      return Map.of("type", "object");
    }

    @Override
    public Map<String, Object> read(MappingNode node) throws Mistake {
      return Plain.map(node);
    }
  }

  /// How many of each, by a name with any spelling.
  record Counts() implements Structured {
    private static final Whole EACH = new Whole(1, Integer.MAX_VALUE);

    @Override
    public String words() {
      return "names, each with a whole number, at least 1";
    }

    @Override
    public Map<String, Object> schema() {
      return Map.of("type", "object", "additionalProperties", EACH.schema());
    }

    @Override
    public Map<String, Object> read(MappingNode node) throws Mistake {
      var counts = Plain.map(node);
      for (var entry : counts.entrySet()) {
        if (!(entry.getValue() instanceof Long count && count >= 1 && count <= EACH.most())) {
          throw new Mistake(
              "'" + entry.getKey() + "' is '" + entry.getValue() + "'", "write " + words());
        }
      }
      return counts;
    }
  }

  /// One word, or keys and values: Codex takes both.
  record Policy() implements Structured {
    @Override
    public String words() {
      return "text, or keys and values";
    }

    @Override
    public Map<String, Object> schema() {
      return Map.of("type", List.of("string", "object"));
    }

    @Override
    public Object read(String text, Surroundings place) throws Mistake {
      if (text.isBlank() || text.matches("-?[0-9.]+|true|false")) {
        throw new Mistake("'" + text + "' is no policy", "write a word such as never, or keys");
      }
      return text;
    }

    @Override
    public Map<String, Object> read(MappingNode node) throws Mistake {
      return Plain.map(node);
    }
  }

  /// What such a value is read as.
  record Entries(Map<String, Object> values) {
    public Entries {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  /// Turns what was parsed into maps, lists and values; an alias counts as often as it is used.
  final class Plain {
    private int values;

    private Plain() {}

    static Map<String, Object> map(MappingNode node) throws Mistake {
      return new Plain().map(node, 0);
    }

    private Map<String, Object> map(MappingNode node, int depth) throws Mistake {
      var map = new LinkedHashMap<String, Object>();
      for (var entry : node.getValue()) {
        if (!(entry.getKeyNode() instanceof ScalarNode key)) {
          throw new Mistake("holds a key that is not a word", "write keys as words");
        }
        var value = value(entry.getValueNode(), depth + 1);
        if (map.containsKey(key.getValue())) {
          throw new Mistake("holds '" + key.getValue() + "' twice", "remove one of them");
        }
        if (value != null) {
          map.put(key.getValue(), value);
        }
      }
      return map;
    }

    private @Nullable Object value(Node node, int depth) throws Mistake {
      if (++values > MOST_VALUES || depth > DEEPEST) {
        throw new Mistake(
            "is too large", "write at most %d values, %d deep".formatted(MOST_VALUES, DEEPEST));
      }
      return switch (node) {
        case MappingNode map -> map(map, depth);
        case SequenceNode list -> {
          var all = new ArrayList<Object>();
          for (var one : list.getValue()) {
            var value = value(one, depth + 1);
            if (value != null) {
              all.add(value);
            }
          }
          yield List.copyOf(all);
        }
        case ScalarNode scalar -> scalar(scalar);
        default -> throw new Mistake("holds something that is no value", "write texts and numbers");
      };
    }

    private static @Nullable Object scalar(ScalarNode node) {
      var text = node.getValue();
      if (node.getTag().equals(Tag.NULL)) {
        return null;
      }
      if (node.getTag().equals(Tag.BOOL)) {
        return Flag.YES.contains(text.toLowerCase(Locale.ROOT));
      }
      if (node.getTag().equals(Tag.INT) && text.matches("-?[0-9]{1,18}")) {
        return Long.valueOf(text);
      }
      return node.getTag().equals(Tag.FLOAT) && text.matches("-?[0-9]{1,18}\\.[0-9]{1,18}")
          ? new BigDecimal(text)
          : text;
    }
  }
}

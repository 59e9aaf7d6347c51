package dev.millwright.shared.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Checks a body against the schema that is also published, and says which field is wrong, what it
/// was and what would be right.
final class Shape {
  private static final int MOST_SHOWN = 60;

  /// A zero, which no database takes, and half a character, which is no text.
  static final Pattern UNSTORABLE = Pattern.compile("[\\x00\\p{Cs}]");

  private static final Pattern UNSHOWN = Pattern.compile("[\\p{Cntrl}\\p{Cs}]");

  private Shape() {}

  static void check(JsonNode schema, JsonNode value, String path) {
    var types = types(schema);
    if (!types.isEmpty() && types.stream().noneMatch(type -> is(value, type))) {
      throw wrong(schema, path, "must be " + article(types), value);
    }
    if (schema.has("enum") && !contains(schema.path("enum"), value)) {
      throw wrong(schema, path, "must be one of " + schema.path("enum"), value);
    }
    switch (value.getNodeType()) {
      case STRING -> text(schema, value, path);
      case ARRAY -> array(schema, value, path);
      case OBJECT -> object(schema, value, path);
      case NUMBER -> number(schema, value, path);
      default -> {}
    }
  }

  private static void text(JsonNode schema, JsonNode value, String path) {
    if (UNSTORABLE.matcher(value.textValue()).find()) {
      throw wrong(schema, path, "must be whole characters without NUL", value);
    }
    size(schema, "Length", value.textValue().length(), "characters", path, value);
  }

  private static void array(JsonNode schema, JsonNode value, String path) {
    size(schema, "Items", value.size(), "entries", path, value);
    for (var i = 0; i < value.size(); i++) {
      check(schema.path("items"), value.get(i), path + "[" + i + "]");
    }
  }

  private static void object(JsonNode schema, JsonNode value, String path) {
    size(schema, "Properties", value.size(), "entries", path, value);
    var known = schema.path("properties");
    var others = schema.path("additionalProperties");
    for (var name : schema.path("required")) {
      var given = value.path(name.textValue());
      if (given.isMissingNode() || given.isNull()) {
        var field = at(path, name.textValue());
        throw ApiError.invalid(field, "`" + field + "` is required")
            .hint(hint(known.path(name.textValue())))
            .exception();
      }
    }
    for (var entry : value.properties()) {
      var name = entry.getKey();
      var field = at(path, known.has(name) ? name : shown(name));
      if (UNSTORABLE.matcher(name).find()) {
        throw wrong(
            schema, field, "must have a name of whole characters without NUL", entry.getValue());
      }
      if (known.has(name)) {
        check(known.get(name), entry.getValue(), field);
      } else if (others.isBoolean()) {
        throw ApiError.invalid(field, "`" + field + "` is not a field of this body")
            .hint("known fields: " + String.join(", ", names(known)))
            .exception();
      } else {
        check(others, entry.getValue(), field);
      }
    }
  }

  private static void number(JsonNode schema, JsonNode value, String path) {
    var number = value.doubleValue();
    var low = schema.path("minimum");
    var high = schema.path("maximum");
    if ((low.isNumber() && number < low.doubleValue())
        || (high.isNumber() && number > high.doubleValue())) {
      throw wrong(
          schema, path, "must be " + low.asText("any") + " to " + high.asText("any"), value);
    }
  }

  private static void size(
      JsonNode schema, String unit, int size, String what, String path, JsonNode value) {
    var low = schema.path("min" + unit).asLong(0);
    var high = schema.path("max" + unit).asLong(Long.MAX_VALUE);
    if (size < low || size > high) {
      var limits = high == Long.MAX_VALUE ? "at least " + low : low + " to " + high;
      throw wrong(schema, path, "must have " + limits + " " + what + " (has " + size + ")", value);
    }
  }

  private static boolean is(JsonNode value, String type) {
    return switch (type) {
      case "integer" -> value.isIntegralNumber() && value.canConvertToInt();
      case "null" -> value.isNull();
      case String other ->
          value.getNodeType() == JsonNodeType.valueOf(other.toUpperCase(Locale.ROOT));
    };
  }

  private static List<String> types(JsonNode schema) {
    var type = schema.path("type");
    var types = new ArrayList<String>();
    if (type.isTextual()) {
      types.add(type.textValue());
    }
    type.forEach(it -> types.add(it.textValue()));
    return types;
  }

  private static String article(List<String> types) {
    return switch (types.getFirst()) {
      case "integer" -> "a whole number";
      case "object" -> "an object";
      case "array" -> "a list";
      case String other -> "a " + other;
    };
  }

  private static boolean contains(JsonNode values, JsonNode value) {
    for (var one : values) {
      if (one.equals(value)) {
        return true;
      }
    }
    return false;
  }

  private static List<String> names(JsonNode properties) {
    return properties.properties().stream().map(java.util.Map.Entry::getKey).toList();
  }

  private static String at(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /// What the field is for, or at least where that is said.
  private static String hint(JsonNode schema) {
    return schema.path("description").asText("its schema is in /api/v1/openapi.json");
  }

  private static ApiException wrong(JsonNode schema, String path, String rule, JsonNode value) {
    var name = path.isEmpty() ? "the body" : "`" + path + "`";
    return ApiError.invalid(
            path.isEmpty() ? "body" : path, name + " " + rule + ", got " + shown(value.toString()))
        .hint(hint(schema))
        .exception();
  }

  /// A value from outside, short enough for a sentence and without control characters.
  static String shown(String value) {
    var plain = UNSHOWN.matcher(value).replaceAll(" ");
    return plain.length() <= MOST_SHOWN ? plain : Excerpt.of(plain, MOST_SHOWN) + "…";
  }
}

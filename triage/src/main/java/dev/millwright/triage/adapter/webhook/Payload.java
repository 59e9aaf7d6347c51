package dev.millwright.triage.adapter.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.shared.http.Excerpt;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Reads what a provider sent by JSON Pointers. What is not there, or is something else, is empty:
/// nothing that can be sent makes it fail.
record Payload(JsonNode node) {
  private static final int MOST_CHARACTERS = 400_000;
  private static final int MOST_ENTRIES = 1_000;

  Payload at(String pointer) {
    return new Payload(node.at(pointer));
  }

  boolean has(String pointer) {
    var found = node.at(pointer);
    return !found.isMissingNode() && !found.isNull();
  }

  /// The text, number or truth value there.
  String text(String pointer) {
    var found = node.at(pointer);
    return found.isValueNode() && !found.isNull()
        ? Excerpt.of(found.asText(""), MOST_CHARACTERS)
        : "";
  }

  /// The first of these that says something.
  String text(String pointer, String... others) {
    return Stream.concat(Stream.of(pointer), Stream.of(others))
        .map(this::text)
        .filter(it -> !it.isBlank())
        .findFirst()
        .orElse("");
  }

  long number(String pointer) {
    return node.at(pointer).asLong(0);
  }

  boolean is(String pointer) {
    return node.at(pointer).asBoolean(false);
  }

  /// The entries of a list; of anything else, none.
  List<Payload> list(String pointer) {
    var found = node.at(pointer);
    return found.isArray()
        ? StreamSupport.stream(found.spliterator(), false)
            .limit(MOST_ENTRIES)
            .map(Payload::new)
            .toList()
        : List.of();
  }

  /// The texts of a list, or of one field of each of its entries.
  List<String> texts(String pointer, String field) {
    return list(pointer).stream()
        .map(entry -> entry.text(field))
        .filter(it -> !it.isBlank())
        .map(it -> Excerpt.of(it.strip(), 100))
        .distinct()
        .limit(50)
        .toList();
  }

  @Nullable Instant time(String pointer) {
    var given = text(pointer);
    try {
      return given.isBlank() ? null : Instant.parse(given);
    } catch (DateTimeParseException e) {
      return otherwise(given);
    }
  }

  /// With another offset than `Z`, or as Jira and GitLab write it.
  private static @Nullable Instant otherwise(String given) {
    for (var form : List.of("yyyy-MM-dd'T'HH:mm:ss[.SSS]XX", "yyyy-MM-dd HH:mm:ss XX")) {
      try {
        return OffsetDateTime.parse(
                given.replace("UTC", "+0000"), DateTimeFormatter.ofPattern(form))
            .toInstant();
      } catch (DateTimeParseException e) {
        // The next form, or none.
      }
    }
    try {
      return OffsetDateTime.parse(given).toInstant();
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  /// As maps, lists, texts, numbers and truth values; what is `null` is left out.
  Object values() {
    return values(node);
  }

  private static Object values(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> {
        var map = new LinkedHashMap<String, Object>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
          if (!entry.getValue().isNull()) {
            map.put(entry.getKey(), values(entry.getValue()));
          }
        }
        yield map;
      }
      case ARRAY -> {
        var list = new ArrayList<Object>(node.size());
        node.forEach(entry -> {
          if (!entry.isNull()) {
            list.add(values(entry));
          }
        });
        yield list;
      }
      case BOOLEAN -> node.booleanValue();
      case NUMBER ->
          node.canConvertToLong() && node.isIntegralNumber()
              ? (Object) node.longValue()
              : (Object) node.doubleValue();
      default -> node.asText("");
    };
  }
}

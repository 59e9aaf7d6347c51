package dev.millwright.triage.adapter.board;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.triage.domain.Issue;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads a provider's records: junk where nothing is needed is nothing, junk where something is
/// needed makes the record malformed.
final class Reading {
  private Reading() {}

  /// A text that a ticket cannot be without.
  static String required(JsonNode record, String field) throws MalformedException {
    var value = optional(record, field);
    if (value == null) {
      throw new MalformedException("'" + field + "' is missing or no text");
    }
    return value;
  }

  /// A text or number; `null` for a blank one and for anything else.
  static @Nullable String optional(JsonNode record, String field) {
    var node = record.path(field);
    var text = node.isTextual() || node.isIntegralNumber() ? node.asText() : "";
    return text.isBlank() ? null : text;
  }

  /// A text as it is, empty for anything else.
  static String plain(JsonNode record, String field) {
    return record.path(field).isTextual() ? record.path(field).textValue() : "";
  }

  static @Nullable Instant time(JsonNode record, String field) {
    try {
      return OffsetDateTime.parse(plain(record, field)).toInstant();
    } catch (DateTimeException _) {
      return null;
    }
  }

  /// An address people may follow: `http` or `https`, nothing else.
  static @Nullable URI link(JsonNode record, String field) {
    try {
      var uri = URI.create(plain(record, field));
      var scheme = String.valueOf(uri.getScheme());
      return scheme.equals("https") || scheme.equals("http") ? uri : null;
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  /// Trimmed, in lower case, each once, none blank.
  static List<String> labels(Stream<String> names) {
    return names.map(Issue::folded).filter(it -> !it.isEmpty()).distinct().toList();
  }

  /// Every record of a list that can be read; the others are left out and counted.
  static Page page(Iterable<JsonNode> records, OneRecord reader) {
    var issues = new ArrayList<Issue>();
    var malformed = 0;
    for (var record : records) {
      try {
        issues.add(reader.read(record).listed());
      } catch (MalformedException _) {
        malformed++;
      }
    }
    return new Page(issues, malformed);
  }

  /// Tickets of one page, and how many records were none.
  record Page(List<Issue> issues, int malformed) {
    Page {
      issues = List.copyOf(issues);
    }
  }

  /// Makes a ticket of one record.
  @FunctionalInterface
  interface OneRecord {
    Issue read(JsonNode record) throws MalformedException;
  }

  /// A record that is no ticket.
  static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException(String reason) {
      super(reason);
    }
  }
}

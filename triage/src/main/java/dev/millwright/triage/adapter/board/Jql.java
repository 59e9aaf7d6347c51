package dev.millwright.triage.adapter.board;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// Questions in Jira's query language. A value is always quoted, so none can become a part of the
/// question.
final class Jql {
  private Jql() {}

  static String inStates(String project, List<String> states) {
    var values = states.stream().map(Jql::quoted).collect(Collectors.joining(", "));
    return "project = " + quoted(project) + " AND status IN (" + values + ") ORDER BY created ASC";
  }

  /// What changed within the last minutes, in the order of its last change.
  ///
  /// A point in time is read in the time zone of whoever asks, and only to the minute; a length of
  /// time is the same everywhere, so that neither the zone nor its summer time can hide a ticket.
  static String changedWithin(String project, Duration time) {
    var minutes = Math.max(1, time.plusSeconds(59).toMinutes());
    var within = " AND updated >= " + quoted("-" + minutes + "m");
    return "project = " + quoted(project) + within + " ORDER BY updated ASC";
  }

  /// All there is, in the order of its last change.
  static String everything(String project, boolean newestFirst) {
    var order = newestFirst ? " DESC" : " ASC";
    return "project = " + quoted(project) + " ORDER BY updated" + order;
  }

  /// A value as one word of the language.
  static String quoted(String value) {
    var quoted = new StringBuilder("\"");
    value
        .chars()
        .forEach(c -> {
          if (c == '"' || c == '\\') {
            quoted.append('\\').append((char) c);
          } else if (c < ' ' || c == 0x7f) {
            quoted.append(String.format("\\u%04x", c));
          } else {
            quoted.append((char) c);
          }
        });
    return quoted.append('"').toString();
  }
}

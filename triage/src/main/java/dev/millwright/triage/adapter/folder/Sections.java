package dev.millwright.triage.adapter.folder;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// What the factory writes into a ticket's file: its state in the front matter, and sections of
/// text between two comments at the end. All other bytes stay as their author left them.
final class Sections {
  private static final String BEGIN = "<!-- millwright:begin ";
  private static final String END = "<!-- millwright:end -->";
  private static final String MARK = "---";

  private Sections() {}

  /// The text without what the factory wrote.
  static String without(String text) {
    var kept = new StringBuilder();
    var ours = false;
    for (var line : lines(text)) {
      if (line.startsWith(BEGIN)) {
        ours = true;
      }
      if (!ours) {
        kept.append(line);
      }
      if (ours && line.startsWith(END)) {
        ours = false;
      }
    }
    return kept.toString();
  }

  /// The section about a topic; empty when there is none.
  static String of(String text, String topic) {
    var found = new StringBuilder();
    var ours = false;
    for (var line : lines(text)) {
      if (ours && line.startsWith(END)) {
        return found.toString();
      }
      if (ours) {
        found.append(line);
      }
      ours |= line.strip().equals(begin(topic));
    }
    return "";
  }

  /// The text with a section replaced, or with a new one at its end.
  static String with(String text, String topic, String words) {
    var newline = newline(text);
    var inside =
        words.replace("<!--", "<! --").replace("\r\n", "\n").strip().replace("\n", newline);
    var section = begin(topic) + newline + inside + newline + END + newline;
    var result = new StringBuilder();
    var state = 0;
    for (var line : lines(text)) {
      if (state == 0 && line.strip().equals(begin(topic))) {
        state = 1;
        result.append(section);
      }
      if (state != 1) {
        result.append(line);
      } else if (line.startsWith(END)) {
        state = 2;
      }
    }
    if (state == 0) {
      var gap = text.endsWith("\n") || text.isEmpty() ? newline : newline + newline;
      result.append(gap).append(section);
    }
    return result.toString();
  }

  /// The text with another state in its front matter.
  static String inState(String text, String state) {
    var newline = newline(text);
    var written = "state: " + scalar(state);
    var lines = lines(text);
    var first = lines.isEmpty() ? "" : lines.getFirst().replace("\uFEFF", "").stripTrailing();
    if (!first.equals(MARK)) {
      return MARK + newline + written + newline + MARK + newline + newline + text;
    }
    for (var at = 1; at < lines.size() && !lines.get(at).stripTrailing().equals(MARK); at++) {
      if (lines.get(at).matches("(?s)state\\s*:.*")) {
        var comment = lines.get(at).indexOf(" #");
        var rest = comment < 0 ? newline : lines.get(at).substring(comment);
        lines.set(at, written + rest);
        return String.join("", lines);
      }
    }
    lines.add(1, written + newline);
    return String.join("", lines);
  }

  private static String begin(String topic) {
    return BEGIN + topic + " -->";
  }

  /// As YAML reads it back as this word.
  private static String scalar(String word) {
    return word.matches("[A-Za-z][A-Za-z0-9 _-]*")
            && !word.matches("(?i)yes|no|on|off|true|false|null|y|n")
        ? word
        : "'" + word.replaceAll("\\p{Cntrl}", " ").replace("'", "''") + "'";
  }

  private static String newline(String text) {
    return text.contains("\r\n") ? "\r\n" : "\n";
  }

  /// Each with its end.
  private static List<String> lines(String text) {
    var lines = new ArrayList<String>();
    for (var from = 0; from < text.length(); ) {
      var end = text.indexOf('\n', from);
      var next = end < 0 ? text.length() : end + 1;
      lines.add(Objects.requireNonNull(text.substring(from, next)));
      from = next;
    }
    return lines;
  }
}

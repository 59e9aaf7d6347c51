package dev.millwright.triage.domain;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a comment says to the factory: the rest of it after `@millwright` anywhere, or after
/// `/millwright` at the beginning of a line. What is quoted, or shown as code, is not said.
public final class Mention {
  private static final int MOST_CHARACTERS = 20_000;
  private static final String NO_WORDS = "Have a look at this.";

  private Mention() {}

  /// What is said; empty where nothing is.
  ///
  /// @param handle what the factory is called there
  public static Optional<String> in(String comment, String handle) {
    var said = said(comment);
    var lower = said.toLowerCase(Locale.ROOT);
    var name = handle.toLowerCase(Locale.ROOT);
    for (var at = 0; (at = lower.indexOf(name, at)) >= 0; at += name.length()) {
      var end = at + name.length();
      if (isCall(lower, at) && isEnd(lower, end)) {
        var rest = said.substring(end).strip().replaceFirst("^[:,]\\s*", "");
        return Optional.of(rest.isBlank() ? NO_WORDS : rest);
      }
    }
    return Optional.empty();
  }

  private static boolean isCall(String text, int at) {
    if (at == 0) {
      return false;
    }
    var before = at == 1 ? '\n' : text.charAt(at - 2);
    return switch (text.charAt(at - 1)) {
      case '@' -> !Character.isLetterOrDigit(before);
      case '/' -> before == '\n';
      default -> false;
    };
  }

  private static boolean isEnd(String text, int end) {
    return end == text.length()
        || !(Character.isLetterOrDigit(text.charAt(end)) || "-_/.".indexOf(text.charAt(end)) >= 0)
        || (text.charAt(end) == '.' && (end + 1 == text.length() || text.charAt(end + 1) <= ' '));
  }

  private static String said(String comment) {
    var text = comment.substring(0, Math.min(comment.length(), MOST_CHARACTERS));
    var fenced = new boolean[1];
    return text.lines()
        .filter(line -> {
          var fence = line.strip().startsWith("```");
          fenced[0] ^= fence;
          return !fence && !fenced[0] && !line.startsWith(">");
        })
        .collect(Collectors.joining("\n"));
  }
}

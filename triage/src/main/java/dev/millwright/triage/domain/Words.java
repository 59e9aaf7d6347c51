package dev.millwright.triage.domain;

import java.util.Locale;

/// Makes text from outside fit to be shown: bounded, without control characters, on one line where
/// a line is expected.
final class Words {
  private Words() {}

  static String line(String text, int most) {
    return cut(visible(text).replaceAll("\\s+", " ").strip(), most);
  }

  static String block(String text, int most) {
    var kept = cut(text.replace("\r\n", "\n"), most * 2);
    return cut(
        visible(kept).replaceAll("[ \\t]+\n", "\n").replaceAll("\n{3,}", "\n\n").strip(), most);
  }

  /// As it is, without what no journal can keep.
  static String whole(String text, int most) {
    var kept = text.replaceAll("[\\x00\\p{Cs}]", "\uFFFD");
    return kept.length() <= most ? kept : cut(kept, most);
  }

  /// What may stand in a signal's key.
  static String key(String text) {
    return text.replaceAll("[\\p{Cntrl}\\p{Cs}]", " ").strip();
  }

  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /// Whether there is anything to read: a letter or a digit of any script.
  static boolean say(String text) {
    return text.codePoints().anyMatch(Character::isLetterOrDigit);
  }

  private static String visible(String text) {
    return text.codePoints()
        .map(c -> c == '\n' || c == '\t' || !hidden(c) ? c : ' ')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /// Format characters hide instructions from people: bidi overrides, zero-width joins, tags.
  private static boolean hidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  private static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    var end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
    return text.substring(0, end) + "…";
  }
}

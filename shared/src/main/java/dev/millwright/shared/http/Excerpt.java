package dev.millwright.shared.http;

/// Beginnings of texts from outside.
public final class Excerpt {
  private Excerpt() {}

  /// At most so many characters, the last of them a whole one.
  public static String of(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
  }
}

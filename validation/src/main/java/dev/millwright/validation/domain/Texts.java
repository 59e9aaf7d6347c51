package dev.millwright.validation.domain;

/// Makes what hostile programs print fit to be shown and put into a prompt.
public final class Texts {
  private Texts() {}

  /// One line, without control characters, bounded.
  public static String line(String text, int most) {
    var head = text.substring(0, Math.min(text.length(), most * 4));
    var line = visible(head).replaceAll("\\s+", " ").strip();
    return line.length() <= most ? line : line.substring(0, most - 1) + "…";
  }

  /// Lines kept, without other control characters and colours, bounded.
  public static String block(String text, int most) {
    var head = text.substring(0, Math.min(text.length(), most * 2));
    var block = visible(head.replaceAll("\u001b\\[[0-9;]{0,20}[A-Za-z]", "")).strip();
    return block.length() <= most ? block : block.substring(0, most - 1) + "…";
  }

  private static String visible(String text) {
    return text.codePoints()
        .filter(c -> c == '\n' || c == '\t' || Character.getType(c) != Character.FORMAT)
        .map(c -> c != '\n' && c != '\t' && Character.isISOControl(c) ? ' ' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}

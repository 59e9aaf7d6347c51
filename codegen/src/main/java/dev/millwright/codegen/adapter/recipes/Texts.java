package dev.millwright.codegen.adapter.recipes;

/// Short forms of what others wrote, fit for one line of a report.
final class Texts {
  private static final int LONGEST = 300;

  private Texts() {}

  static String firstLine(Throwable error) {
    String message = error.getMessage();
    return message == null || message.isBlank()
        ? error.getClass().getSimpleName()
        : firstLine(message);
  }

  /// The first line that says something; a stack trace's frames do not.
  static String firstLine(String text) {
    String line = text.lines().filter(l -> !l.isBlank()).findFirst().orElse("").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}

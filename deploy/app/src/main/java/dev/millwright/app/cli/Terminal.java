package dev.millwright.app.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;

/// Where a command reads and writes.
///
/// @param live whether a person watches, so that lines may be drawn over
/// @param width cells in a line, [Integer#MAX_VALUE] where there is no end to it
public record Terminal(
    InputStream in, PrintStream out, PrintStream err, boolean live, boolean colours, int width) {

  // Since JDK 25 the console is null again where no person sits: the check knows only JDK 22 to 24.
  @SuppressWarnings("SystemConsoleNull")
  public static Terminal ofThisProcess(Map<String, String> environment) {
    var console = System.console();
    boolean live =
        console != null
            && console.isTerminal()
            && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    boolean colours = live && environment.getOrDefault("NO_COLOR", "").isEmpty();
    int width = width(environment, live ? WindowSize.now().columns() : Integer.MAX_VALUE);
    return new Terminal(System.in, System.out, System.err, live, colours, width);
  }

  /// A file or a pipe.
  public static Terminal plain(
      InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {
    return new Terminal(in, out, err, false, false, width(environment, Integer.MAX_VALUE));
  }

  private static int width(Map<String, String> environment, int otherwise) {
    var columns = environment.getOrDefault("COLUMNS", "");
    return columns.matches("[1-9][0-9]{1,3}") ? Integer.parseInt(columns) : otherwise;
  }

  /// The same, as wide as the window has become.
  public Terminal resized() {
    return live ? new Terminal(in, out, err, true, colours, WindowSize.now().columns()) : this;
  }

  /// Whether a terminal shows what is printed, even where nobody types.
  public boolean isScreen() {
    return live || (out.equals(System.out) && WindowSize.isThere());
  }

  public void say(String line) {
    out.println(line);
  }

  /// What is not the answer itself: progress, warnings, hints.
  public void note(String line) {
    err.println(line);
  }

  public String bold(String text) {
    return paint(1, text);
  }

  public String dim(String text) {
    return paint(2, text);
  }

  public String red(String text) {
    return paint(31, text);
  }

  public String green(String text) {
    return paint(32, text);
  }

  public String yellow(String text) {
    return paint(33, text);
  }

  public String cyan(String text) {
    return paint(36, text);
  }

  private String paint(int code, String text) {
    return colours ? "\033[" + code + "m" + text + "\033[0m" : text;
  }
}

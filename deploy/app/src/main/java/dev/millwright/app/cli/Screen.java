package dev.millwright.app.cli;

import java.util.List;

/// A page on a terminal that is drawn over and over without flicker.
public final class Screen implements AutoCloseable {
  private static final String HOME = "\033[H";
  private static final String CLEAR = "\033[2J";
  private static final String REST_OF_LINE = "\033[K";
  private static final String REST_OF_SCREEN = "\033[J";
  private static final String HIDE_CURSOR = "\033[?25l";
  private static final String SHOW_CURSOR = "\033[?25h";
  private static final String OTHER_PAGE = "\033[?1049h";
  private static final String FIRST_PAGE = "\033[?1049l";

  private final Terminal terminal;
  private final String leave;
  private final Thread restore;

  private Screen(Terminal terminal, String enter, String leave) {
    this.terminal = terminal;
    this.leave = leave;
    this.restore = new Thread(this::leave, "restore-terminal");
    Runtime.getRuntime().addShutdownHook(restore);
    terminal.out().print(enter);
  }

  /// A page that stays when it is closed.
  public static Screen staying(Terminal terminal) {
    return new Screen(terminal, HIDE_CURSOR + CLEAR, SHOW_CURSOR);
  }

  /// A page that goes when it is closed, and what was there before comes back.
  static Screen passing(Terminal terminal) {
    return new Screen(terminal, OTHER_PAGE + HIDE_CURSOR + CLEAR, SHOW_CURSOR + FIRST_PAGE);
  }

  /// Draws as many lines as fit.
  public void draw(List<String> lines) {
    var fitting =
        lines.subList(0, Math.min(lines.size(), Math.max(1, WindowSize.now().rows() - 1)));
    terminal
        .out()
        .print(
            HOME
                + String.join(REST_OF_LINE + "\n", fitting)
                + REST_OF_LINE
                + "\n"
                + REST_OF_SCREEN);
    terminal.out().flush();
  }

  private void leave() {
    terminal.out().print(leave);
    terminal.out().flush();
  }

  @Override
  public void close() {
    leave();
    try {
      Runtime.getRuntime().removeShutdownHook(restore);
    } catch (IllegalStateException _) {
      // Already going down; the hook has run or will.
    }
  }
}

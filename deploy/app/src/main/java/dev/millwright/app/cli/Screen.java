package dev.millwright.app.cli;

import java.util.List;

/// A page on a terminal that is drawn over and over without flicker.
public final class Screen implements AutoCloseable {
  private static final String HOME = "\033[H";
  private static final String REST_OF_LINE = "\033[K";
  private static final String REST_OF_SCREEN = "\033[J";
  private static final String HIDE_CURSOR = "\033[?25l";
  private static final String SHOW_CURSOR = "\033[?25h";

  private final Terminal terminal;
  private final Thread restore;

  public Screen(Terminal terminal) {
    this.terminal = terminal;
    this.restore = new Thread(this::showCursor, "show-cursor");
    Runtime.getRuntime().addShutdownHook(restore);
    terminal.out().print(HIDE_CURSOR + "\033[2J");
  }

  public void draw(List<String> lines) {
    terminal
        .out()
        .print(
            HOME + String.join(REST_OF_LINE + "\n", lines) + REST_OF_LINE + "\n" + REST_OF_SCREEN);
    terminal.out().flush();
  }

  private void showCursor() {
    terminal.out().print(SHOW_CURSOR);
    terminal.out().flush();
  }

  @Override
  public void close() {
    showCursor();
    try {
      Runtime.getRuntime().removeShutdownHook(restore);
    } catch (IllegalStateException _) {
      // Already going down; the hook has run or will.
    }
  }
}

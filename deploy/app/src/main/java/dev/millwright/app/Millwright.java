package dev.millwright.app;

import dev.millwright.app.cli.Commands;
import dev.millwright.app.cli.Context;
import dev.millwright.app.cli.Terminal;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/// The program: what `./millwright` starts.
public final class Millwright {
  private Millwright() {}

  public static void main(String[] arguments) {
    var environment = System.getenv();
    var terminal = Terminal.ofThisProcess(environment);
    System.exit(Commands.run(arguments, new Context(terminal, environment, Path.of(""))));
  }

  /// The program inside another one: no terminal, no exit.
  ///
  /// @param folder where it takes itself to be
  public static int run(
      String[] arguments,
      PrintStream out,
      PrintStream err,
      Map<String, String> environment,
      Path folder) {
    var terminal = Terminal.plain(InputStream.nullInputStream(), out, err, environment);
    return Commands.run(arguments, new Context(terminal, environment, folder));
  }
}

package dev.millwright.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `version`.
@Command(name = "version", description = "Says which version this is.")
final class VersionCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(names = "--json", description = "Print JSON, for programs.")
  boolean json;

  VersionCommand(Context context) {
    this.terminal = context.terminal();
  }

  static String version() {
    var stated = VersionCommand.class.getPackage().getImplementationVersion();
    return stated == null ? "0.1.0-SNAPSHOT" : stated;
  }

  @Override
  public Integer call() {
    var java = Runtime.version().toString();
    if (json) {
      terminal.say(Json.pretty(Json.object().put("version", version()).put("java", java)));
    } else {
      terminal.say("millwright " + version() + " (Java " + java + ")");
    }
    return Exit.DONE;
  }
}

package dev.millwright.app.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `exchanges`.
@Command(
    name = "exchanges",
    description =
        "Prints what an item's agents said to models and what those answered, as JSON lines.")
final class ExchangesCommand extends ClientCommand {
  @Parameters(paramLabel = "ID", description = "The item, or how its id starts.")
  String id = "";

  @Option(
      names = "--attempt",
      paramLabel = "N",
      description = "Of this attempt; else of the newest that said anything.")
  @Nullable Integer attempt;

  ExchangesCommand(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    var factory = factory();
    var query = attempt == null ? "" : "?attempt=" + attempt;
    return factory.about(
        id,
        exact -> {
          factory.lines(
              FactoryClient.item(exact) + "/exchanges" + query,
              0,
              line -> terminal.say(terminal.isScreen() ? Words.line(line) : line));
          return Exit.DONE;
        });
  }
}

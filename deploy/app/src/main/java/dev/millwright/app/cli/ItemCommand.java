package dev.millwright.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Parameters;

/// A look at one item.
abstract class ItemCommand extends LookCommand {
  @Parameters(paramLabel = "ID", description = "The item, or how its id starts.")
  String id = "";

  ItemCommand(Context context) {
    super(context);
  }

  /// What comes after the item's address, such as `/history`.
  abstract String part();

  @Override
  JsonNode look(FactoryClient factory) {
    // Whoever reads words is told; a program asks /health/live itself.
    if (!json && unconfined(factory)) {
      terminal.note(terminal.red("Sandbox: " + Greeting.NO_ISOLATION));
    }
    return factory.about(id, exact -> factory.get(FactoryClient.item(exact) + part()));
  }

  private static boolean unconfined(FactoryClient factory) {
    try {
      return factory.get("/health/live").path("sandbox").asText().equals("none");
    } catch (Failure _) {
      return false; // What was asked for says what is wrong.
    }
  }
}

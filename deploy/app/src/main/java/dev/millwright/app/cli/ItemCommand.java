package dev.millwright.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Parameters;

/// A look at one item.
abstract class ItemCommand extends LookCommand {
  @Parameters(paramLabel = "ID", description = "The item, as `millwright ls` prints it.")
  String id = "";

  ItemCommand(Context context) {
    super(context);
  }

  /// What comes after the item's address, such as `/history`.
  abstract String part();

  @Override
  JsonNode look(FactoryClient factory) {
    return factory.get(FactoryClient.item(id) + part());
  }
}

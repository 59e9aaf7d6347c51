package dev.millwright.codegen.port;

import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workspace.Workspace;
import java.time.Duration;
import java.util.Map;

/// One piece of work for an agent, whatever is said to it about it.
///
/// @param attempt the number of the attempt, from the item's lease
/// @param instructions what a deterministic agent needs, such as a recipe's name and options
/// @param limit the most time one turn may take
public record Brief(
    ItemId item,
    long attempt,
    Map<String, String> instructions,
    Workspace workspace,
    Duration limit) {
  public Brief {
    instructions = Map.copyOf(instructions);
  }
}

package dev.millwright.codegen.port;

import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Usage;
import dev.millwright.shared.workspace.Workspace;
import java.time.Duration;
import java.util.Map;

/// One piece of work for an agent, whatever is said to it about it.
///
/// @param subject what it is about
/// @param instructions what a deterministic agent needs, such as a recipe's name and options
/// @param limit the most time one turn may take
/// @param spent what the item has cost before, since a person last decided about it
/// @param intents where it says what it wants outside its workspace
public record Brief(
    Subject subject,
    Map<String, String> instructions,
    Workspace workspace,
    Duration limit,
    Usage spent,
    IntentDesk intents) {
  public Brief {
    instructions = Map.copyOf(instructions);
  }

  /// What a piece of work is about.
  ///
  /// @param attempt the number of the attempt, from the item's lease
  /// @param title what people call it and what they want, in one line
  public record Subject(ItemId item, long attempt, String title) {}

  public ItemId item() {
    return subject.item();
  }

  public long attempt() {
    return subject.attempt();
  }

  /// Of an item that has cost nothing yet.
  public Brief(
      ItemId item,
      long attempt,
      Map<String, String> instructions,
      Workspace workspace,
      Duration limit) {
    this(item, attempt, instructions, workspace, limit, Usage.NONE);
  }

  /// Of an agent that may ask for nothing.
  public Brief(
      ItemId item,
      long attempt,
      Map<String, String> instructions,
      Workspace workspace,
      Duration limit,
      Usage spent) {
    this(
        new Subject(item, attempt, item.value()),
        instructions,
        workspace,
        limit,
        spent,
        IntentDesk.CLOSED);
  }
}

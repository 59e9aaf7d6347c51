package dev.millwright.codegen.port;

import dev.millwright.codegen.domain.IntentRules.Answer;
import java.util.Map;

/// Where an agent's intents go: read, checked against policy, carried out, and answered in words
/// the agent understands.
///
/// Safe for several threads. What it accepted is durable when it answers. It never throws; on a
/// thread that is interrupted it refuses.
@FunctionalInterface
public interface IntentDesk {
  /// Nobody is there.
  IntentDesk CLOSED = (_, _) -> new Answer.Refused("Nobody takes this here.");

  /// Takes an intent as an agent said it.
  ///
  /// @param name as `IntentForm` has it, or whatever the agent made up
  /// @param fields as its JSON says them
  Answer take(String name, Map<String, ?> fields);
}

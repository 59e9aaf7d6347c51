package dev.millwright.codegen.adapter;

import dev.millwright.codegen.port.AgentListener;
import dev.millwright.codegen.port.AgentOutcome;
import dev.millwright.codegen.port.Brief;
import dev.millwright.codegen.port.OneTurnAgent;

/// Leaves everything as it is: for work that was handed over finished, to be checked, reviewed and
/// landed.
///
/// @param name the name it has in contracts
public record AsIsAgent(String name) implements OneTurnAgent {
  @Override
  public AgentOutcome run(Brief brief, String prompt, AgentListener listener) {
    return new AgentOutcome.NothingToDo("it takes the work as it was handed over");
  }
}

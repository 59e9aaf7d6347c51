package dev.millwright.codegen.port;

/// Hears what an agent does while it does it. Must be quick: the agent waits for it.
@FunctionalInterface
public interface AgentListener {
  void heard(AgentEvent event);
}

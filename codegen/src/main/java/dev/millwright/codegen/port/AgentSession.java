package dev.millwright.codegen.port;

import dev.millwright.codegen.domain.Words;

/// A conversation with an agent in one workspace; one turn at a time.
public interface AgentSession extends AutoCloseable {
  /// Says something and waits for what comes of it; outside trouble is a value, never an exception.
  /// What stands is left out where the session was told it before. An interrupt ends the turn,
  /// politely where the agent listens, and the session with it.
  AgentOutcome turn(Words words) throws InterruptedException;

  default AgentOutcome turn(String prompt) throws InterruptedException {
    return turn(Words.of(prompt));
  }

  /// Whether it remembers what was said in earlier turns.
  boolean remembers();

  /// Says something to an agent in the middle of its turn, from any thread, and waits until the
  /// agent has taken it.
  ///
  /// @return whether it has; if not, it belongs into the next prompt
  boolean steer(String words) throws InterruptedException;

  /// Ends it: when this returns, no process of the session is left.
  @Override
  void close();
}

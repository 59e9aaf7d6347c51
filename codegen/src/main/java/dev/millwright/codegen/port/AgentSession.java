package dev.millwright.codegen.port;

/// A conversation with an agent in one workspace; one turn at a time.
public interface AgentSession extends AutoCloseable {
  /// Says something and waits for what comes of it; outside trouble is a value, never an exception.
  /// An interrupt ends the turn, and the session with it.
  AgentOutcome turn(String prompt) throws InterruptedException;

  /// Says something to an agent in the middle of its turn, from any thread.
  ///
  /// @return whether it was passed on; if not, it belongs into the next prompt
  boolean steer(String words);

  /// Ends it: when this returns, no process of the session is left.
  @Override
  void close();
}

package dev.millwright.codegen.port;

/// Somebody who writes code: a program, a recipe, a model's session.
///
/// An agent works only on the files of the turn's workspace, inside a sandbox. It commits nothing
/// and is never believed: what changed is what git says changed, and whether it is right is for
/// validation. One agent may run many turns at the same time, each in its own workspace.
public interface Agent {
  /// The name it has in the configuration.
  String name();

  /// Does one turn and says how it ended; outside trouble is a value, never an exception.
  ///
  /// Every event reaches the listener before this returns, in order, from one thread at a time.
  /// When it returns or throws, no process of the turn is left. An interrupt ends the turn at once.
  /// A turn that names a session goes on with it where the agent can, and starts afresh where it
  /// cannot; an agent with sessions says `AgentEvent.SessionStarted` first.
  AgentOutcome run(Turn turn, AgentListener listener) throws InterruptedException;
}

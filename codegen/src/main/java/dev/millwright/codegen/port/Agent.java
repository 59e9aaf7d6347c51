package dev.millwright.codegen.port;

/// Somebody who writes code: a program, a recipe, a model's session.
///
/// An agent works only on the files of the brief's workspace, inside a sandbox. It commits nothing
/// and is never believed: what changed is what git says changed, and whether it is right is for
/// validation. One agent may hold many sessions at the same time, each in its own workspace.
public interface Agent {
  /// The name it has in the configuration.
  String name();

  /// A session about one piece of work. Nothing runs before its first turn.
  ///
  /// Every event reaches the listener before the turn it belongs to returns, in order, from one
  /// thread at a time. An agent that remembers goes on with the item's earlier session where it
  /// still has it, and starts afresh where it has not.
  AgentSession open(Brief brief, AgentListener listener);
}

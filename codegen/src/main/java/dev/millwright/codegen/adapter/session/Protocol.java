package dev.millwright.codegen.adapter.session;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// How one kind of agent is spoken to, over the pipes of one process. `heard` comes from the
/// process' own thread and must be quick; everything else from the session's.
interface Protocol {
  /// A line the agent wrote.
  void heard(String line);

  /// Shakes hands and opens a session, the given one where the agent still has it.
  ///
  /// @return its id
  CompletableFuture<String> open(@Nullable String resume);

  /// Says something; completes when the agent has ended its turn, never before.
  CompletableFuture<TurnEnd> turn(String prompt);

  /// Says something in the middle of a turn; completes with whether the agent took it.
  CompletableFuture<Boolean> steer(String words);

  /// Asks the agent to end its turn soon.
  void interrupt();

  /// The process is gone.
  void ended(String why);

  /// The session is over: when this returns, nothing the agent asked for is being done.
  default void close() {}
}

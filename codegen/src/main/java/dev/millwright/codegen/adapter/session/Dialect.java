package dev.millwright.codegen.adapter.session;

import dev.millwright.codegen.port.AgentListener;
import dev.millwright.codegen.port.Brief;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What is special about one kind of agent: how it is started, and how it is spoken to.
interface Dialect {
  /// Whether it is known to leave a checkout's own configuration alone: hooks, servers and plugins
  /// that would run commands before anybody is asked.
  default boolean ignoresCheckout() {
    return true;
  }

  /// Names at the top of a checkout that its program follows whatever it is told. Its sandbox shows
  /// nothing there.
  default List<String> hidden() {
    return List.of();
  }

  /// What its program is given.
  ///
  /// @param session the session to open or to resume
  Launch launch(Launch.Place place, Wanted session);

  /// How its program is spoken to once it runs.
  Protocol protocol(Launch.Place place, Wanted session, Talk talk);

  /// What a conversation is about and who takes part.
  ///
  /// @param patience how long an answer may take
  /// @param listener hears what the agent does
  /// @param out writes one line to the agent
  record Talk(Brief brief, Duration patience, AgentListener listener, Consumer<String> out) {}

  /// Which session a process is started for.
  ///
  /// @param resume the id of an earlier one
  /// @param fresh the id of a new one, for agents that let the client choose
  record Wanted(@Nullable String resume, String fresh) {}
}

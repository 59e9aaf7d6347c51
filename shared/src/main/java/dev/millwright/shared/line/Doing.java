package dev.millwright.shared.line;

import dev.millwright.shared.workitem.Usage;

/// What an agent is doing at this moment, for whoever watches. All of it is soft: what counts is in
/// the journal.
public sealed interface Doing {
  /// A session was opened, or opened again.
  record Session(String id) implements Doing {}

  /// A turn began.
  ///
  /// @param id names session and turn, where the agent has a name for it
  record Turn(String id) implements Doing {}

  /// Something happened.
  ///
  /// @param event what kind of thing, such as `message`
  /// @param words the agent's own, one line without control characters
  record Event(String event, String words) implements Doing {}

  /// A part of what the attempt costs, to be added up.
  record Spent(Usage usage) implements Doing {}

  /// What its provider says about its limits, as JSON.
  record Limits(String json) implements Doing {}
}

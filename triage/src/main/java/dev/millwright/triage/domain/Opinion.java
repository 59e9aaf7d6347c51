package dev.millwright.triage.domain;

import dev.millwright.shared.workitem.Kind;
import org.jspecify.annotations.Nullable;

/// What a model thinks of a request. It is a stranger's word like the request itself: it may lower
/// confidence, ask, or break a tie, and lifts nothing.
public sealed interface Opinion {
  /// No model is asked here.
  record NotAsked() implements Opinion {}

  /// One was asked, and the rules decide alone.
  record Absent(String why) implements Opinion {}

  /// One answered in the form it was given.
  ///
  /// @param question what it would ask; `null` where all is clear to it
  record Given(Kind kind, boolean large, boolean sensitive, @Nullable String question)
      implements Opinion {}
}

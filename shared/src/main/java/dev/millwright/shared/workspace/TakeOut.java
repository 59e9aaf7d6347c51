package dev.millwright.shared.workspace;

/// What came out of a workspace.
public sealed interface TakeOut {
  /// The work as one commit of the factory's, kept in the mirror under `ref`.
  record Taken(String commit, String ref) implements TakeOut {}

  /// Nothing differs from where the workspace started.
  record Nothing() implements TakeOut {}

  /// It cannot be taken as it is; the reason is for the agent or a person.
  record Refused(String reason) implements TakeOut {}
}

package dev.millwright.shared.workspace;

/// The sandboxes an operator can ask for.
public enum SandboxKind {
  /// The strongest that works here; never none.
  AUTO,
  /// Linux namespaces by `bwrap`.
  BUBBLEWRAP,
  /// Containers of an engine on this machine.
  DOCKER,
  /// No isolation at all; only limits. Said loudly.
  NONE
}

package dev.millwright.shared.workspace;

/// Whether a sandbox can be had on this machine.
public sealed interface Detection {
  /// It was tried and works.
  record Available(Sandbox sandbox) implements Detection {}

  /// It cannot be had: why, and what the operator can do.
  record Missing(String reason, String fix) implements Detection {}
}

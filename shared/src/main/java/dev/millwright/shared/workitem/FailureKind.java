package dev.millwright.shared.workitem;

/// Why an attempt failed; only what can succeed later is worth another attempt.
public enum FailureKind {
  /// A bug or a killed process of ours.
  CRASH,
  AUTH,
  QUOTA,
  RATE_LIMIT,
  CONTEXT,
  REFUSAL,
  STALL,
  TIMEOUT,
  BAD_RESULT,
  /// Git, a forge, a registry or another service outside.
  OUTSIDE
}

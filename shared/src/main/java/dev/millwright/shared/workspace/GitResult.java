package dev.millwright.shared.workspace;

/// How a git command ended.
public sealed interface GitResult {
  /// Code 0, with what it printed.
  record Ok(String stdout) implements GitResult {}

  /// Any other end; code -1 when git did not run to its end, stderr says why.
  record Failed(int code, String stderr) implements GitResult {}
}

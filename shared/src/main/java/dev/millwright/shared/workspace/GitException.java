package dev.millwright.shared.workspace;

/// git refused something that was promised to work: a missing commit, a broken mirror, an
/// interrupt.
public final class GitException extends RuntimeException {
  public GitException(String message) {
    super(message);
  }
}

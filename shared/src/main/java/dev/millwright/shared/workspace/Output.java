package dev.millwright.shared.workspace;

/// What a run wrote: the beginning and the end of each stream, with a note where the middle was
/// left out.
public record Output(String stdout, String stderr, boolean truncated) {
  public static final Output EMPTY = new Output("", "", false);

  /// stdout followed by stderr, for diagnostics.
  public String both() {
    return stderr.isEmpty() ? stdout : stdout.isEmpty() ? stderr : stdout + "\n" + stderr;
  }
}

package dev.millwright.shared.workspace;

/// One file of a change: how many lines came and went; a binary file counts none.
public record FileChange(String path, int additions, int deletions, Kind kind, boolean binary) {
  /// What happened to the file. Renames are a deletion and an addition.
  public enum Kind {
    ADDED,
    MODIFIED,
    DELETED,
    /// It became a symlink, a submodule, or a file again.
    TYPE_CHANGED
  }
}

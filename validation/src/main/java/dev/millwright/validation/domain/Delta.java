package dev.millwright.validation.domain;

import java.util.List;

/// What a change does to the files, as the factory's own git tells it.
///
/// @param whole whether every line could be read; a guard that saw half guards nothing
public record Delta(List<Touched> files, List<Line> lines, boolean whole) {
  public Delta {
    files = List.copyOf(files);
    lines = List.copyOf(lines);
  }

  /// A file the change touches.
  public record Touched(String path, How how, int additions, int deletions, boolean binary) {}

  /// What happened to a file.
  public enum How {
    ADDED,
    MODIFIED,
    DELETED,
    /// It is a symlink or a submodule now, or stopped being one.
    LINKED
  }

  /// A line that came or went, with its number on that side.
  public record Line(String path, int number, String text, boolean added) {}

  List<Line> added() {
    return lines.stream().filter(Line::added).toList();
  }
}

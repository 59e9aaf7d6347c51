package dev.millwright.shared.workspace;

import java.util.List;

/// What came of merging two commits without a checkout.
public sealed interface Merge {
  /// The merged tree.
  record Merged(String tree) implements Merge {}

  /// The files both changed in ways that do not go together.
  record Conflicts(List<String> files) implements Merge {
    public Conflicts {
      files = List.copyOf(files);
    }
  }

  /// git could not try: unrelated histories, no such commit.
  record Failed(String reason) implements Merge {}
}

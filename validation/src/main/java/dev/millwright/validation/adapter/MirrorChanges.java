package dev.millwright.validation.adapter;

import dev.millwright.shared.workitem.Change;
import dev.millwright.shared.workspace.FileChange;
import dev.millwright.shared.workspace.GitException;
import dev.millwright.shared.workspace.Mirror;
import dev.millwright.validation.domain.Delta;
import dev.millwright.validation.domain.Delta.How;
import dev.millwright.validation.domain.DiffText;
import dev.millwright.validation.port.Changes;
import java.util.function.Function;

/// Reads a change from the repository's mirror.
public final class MirrorChanges implements Changes {
  /// How [Mirror#diff] ends where it left something out.
  private static final String CUT = "[... the rest of the diff is left out ...]\n";

  private final Function<String, Mirror> mirrors;

  /// @param mirrors from a repository's name
  public MirrorChanges(Function<String, Mirror> mirrors) {
    this.mirrors = mirrors;
  }

  @Override
  public Answer between(String repo, Change.Revision revision) {
    try {
      var mirror = mirrors.apply(repo);
      var files = mirror.numstat(revision.base(), revision.commit());
      var text = mirror.diff(revision.base(), revision.commit());
      var diff = DiffText.read(text);
      var touched = files.stream().map(file -> touched(file, diff)).toList();
      return new Answer.Read(new Delta(touched, diff.lines(), !text.endsWith(CUT)));
    } catch (GitException e) {
      return new Answer.Unreadable(
          "the change at " + revision.commit() + " cannot be read: " + e.getMessage());
    }
  }

  private static Delta.Touched touched(FileChange file, DiffText.Read diff) {
    var how =
        switch (file.kind()) {
          case ADDED -> How.ADDED;
          case MODIFIED -> How.MODIFIED;
          case DELETED -> How.DELETED;
          case TYPE_CHANGED -> How.LINKED;
        };
    return new Delta.Touched(
        file.path(),
        diff.links().contains(file.path()) && how != How.DELETED ? How.LINKED : how,
        file.additions(),
        file.deletions(),
        file.binary());
  }
}

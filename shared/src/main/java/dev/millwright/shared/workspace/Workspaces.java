package dev.millwright.shared.workspace;

import java.nio.file.Path;
import java.util.List;

/// The workspaces of one data directory, at `data/workspaces/<item>/g<generation>`.
public final class Workspaces {
  public Workspaces(Path data, Mirrors mirrors) {}

  /// A clone of its own at this commit, borrowing objects from the mirror. Fails with a
  /// [GitException].
  public Workspace create(String item, int generation, Mirror mirror, String commit) {
    throw new UnsupportedOperationException();
  }

  /// The exact files of a commit into a new folder, without `.git`.
  public void export(Mirror mirror, String commit, Path folder) {
    throw new UnsupportedOperationException();
  }

  /// Takes the work out as one commit on top of the workspace's commit, kept as
  /// `refs/millwright/items/<item>/<generation>`. May be said again; the newest wins.
  public TakeOut takeOut(Workspace workspace, Sandbox sandbox, String message, Author author)
      throws InterruptedException {
    throw new UnsupportedOperationException();
  }

  /// Keeps unfinished work as `refs/millwright/salvage/<item>/<generation>`.
  public TakeOut salvage(Workspace workspace, Sandbox sandbox) throws InterruptedException {
    throw new UnsupportedOperationException();
  }

  /// Deletes the folder, following no link. Salvage first.
  public void remove(Workspace workspace) {
    throw new UnsupportedOperationException();
  }

  /// What is on disk, for resuming or salvaging at boot.
  public List<Workspace> list() {
    throw new UnsupportedOperationException();
  }
}

package dev.millwright.shared.workspace;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A bare mirror of one repository. Only the factory writes here, one writer at a time; nothing is
/// ever pruned, because workspaces borrow these objects. A commit or ref that is not there is an
/// empty answer where the type has one, a [GitException] where it was promised to exist.
public final class Mirror {
  private final Path folder;

  Mirror(Path folder) {
    this.folder = folder;
  }

  public Path folder() {
    return folder;
  }

  public Path objects() {
    return folder.resolve("objects");
  }

  /// Clones the first time, then fetches every branch and tag.
  public GitResult refresh() {
    throw new UnsupportedOperationException();
  }

  /// The commit of a branch, tag, full ref or hash.
  public Optional<String> resolve(String ref) {
    throw new UnsupportedOperationException();
  }

  /// The change as text, at most a few MiB, ending in a note where it was cut.
  public String diff(String base, String commit) {
    throw new UnsupportedOperationException();
  }

  public List<FileChange> numstat(String base, String commit) {
    throw new UnsupportedOperationException();
  }

  /// A file's content; empty when there is no such file, or it is no file, or larger than 16 MiB.
  public Optional<byte[]> readFile(String commit, String path) {
    throw new UnsupportedOperationException();
  }

  public List<String> listFiles(String commit) {
    throw new UnsupportedOperationException();
  }

  /// Newest first, as `git log` has it; `range` is a commit or `base..commit`.
  public List<LogEntry> log(String range, int limit) {
    throw new UnsupportedOperationException();
  }

  public Optional<String> mergeBase(String one, String other) {
    throw new UnsupportedOperationException();
  }

  public boolean isAncestor(String ancestor, String commit) {
    throw new UnsupportedOperationException();
  }

  public String treeOf(String commit) {
    throw new UnsupportedOperationException();
  }

  /// Merges without a checkout.
  public Merge mergeTree(String base, String commit) {
    throw new UnsupportedOperationException();
  }

  public String commitTree(
      String tree, List<String> parents, String message, Author author, Instant at) {
    throw new UnsupportedOperationException();
  }

  /// Moves a ref if it still is where the caller thinks; `expectedOld` empty means it must not
  /// exist.
  public boolean updateRef(String ref, String commit, Optional<String> expectedOld) {
    throw new UnsupportedOperationException();
  }

  public GitResult push(String remoteUrl, List<String> refspecs) {
    throw new UnsupportedOperationException();
  }

  public GitResult fetchBundle(Path bundle, String refInBundle, String refInMirror) {
    throw new UnsupportedOperationException();
  }
}

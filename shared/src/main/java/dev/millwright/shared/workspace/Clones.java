package dev.millwright.shared.workspace;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Makes clones that borrow their objects from a mirror. The one time the host's git works in such
/// a folder: before any agent has seen it.
final class Clones {
  private Clones() {}

  /// @param head what tells git where HEAD is to be: `-B branch` or `--detach`
  static void make(Mirror mirror, String commit, Path files, String... head) {
    must(clone(mirror, files, files));
    must(checkout(files, commit, head));
  }

  /// A submodule in its empty folder.
  ///
  /// @param inside what git has to run in to see the files
  static void make(Submodules.Known submodule, Path files, UnaryOperator<List<String>> inside) {
    Path own = files.resolve(submodule.path());
    must(clone(submodule.mirror(), files, own).around(inside));
    must(checkout(files, own, submodule.commit(), "--detach").around(inside));
  }

  static Git.Call checkout(Path files, String commit, String... head) {
    return checkout(files, files, commit, head);
  }

  private static Git.Call clone(Mirror mirror, Path files, Path own) {
    return Git.Call.in(
        files.resolveSibling(""),
        "clone",
        "-q",
        "--shared",
        "--no-checkout",
        "--template=",
        "--config",
        "user.name=Millwright agent",
        "--config",
        "user.email=agent@localhost",
        "--config",
        "gc.auto=0",
        "--config",
        "maintenance.auto=false",
        // Files have another owner inside the sandbox, which is no reason to read them all.
        "--config",
        "core.checkStat=minimal",
        "--",
        mirror.folder().toString(),
        own.toString());
  }

  private static Git.Call checkout(Path files, Path own, String commit, String... head) {
    var words = new ArrayList<>(List.of("-C", own.toString(), "checkout", "-q"));
    words.add("--no-recurse-submodules");
    words.addAll(List.of(head));
    words.add(commit);
    return Git.Call.in(files.resolveSibling(""), words.toArray(String[]::new)).within(Git.LONG);
  }

  static void must(Git.Call call) {
    if (Git.raw(call).result() instanceof GitResult.Failed(_, var stderr)) {
      throw new GitException(stderr);
    }
  }
}

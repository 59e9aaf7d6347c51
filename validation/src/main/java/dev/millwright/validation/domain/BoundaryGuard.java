package dev.millwright.validation.domain;

import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Diagnostic;
import dev.millwright.shared.workitem.Glob;
import dev.millwright.validation.domain.Delta.How;
import java.util.ArrayList;
import java.util.List;

/// Keeps a change within what its contract allows.
final class BoundaryGuard {
  private static final String SOURCE = "boundary";
  private static final String OWN_POLICY = "WORKFLOW.md";

  private BoundaryGuard() {}

  static List<Diagnostic> check(Contract.Boundary boundary, Delta delta) {
    var found = new ArrayList<Diagnostic>();
    for (var file : delta.files()) {
      var path = file.path();
      if (file.how() == How.LINKED) {
        found.add(refused(path, "is a symlink or a submodule; only plain files may change"));
      }
      if (path.startsWith("/") || List.of(path.split("/", -1)).contains("..")) {
        found.add(refused(path, "leads out of the repository"));
      } else if (Glob.any(boundary.deny(), path)) {
        found.add(refused(path, "may not be touched; take the change to it back"));
      } else if (path.equalsIgnoreCase(OWN_POLICY) && !boundary.allow().contains(path)) {
        found.add(refused(path, "is the policy this change is judged by; take it back"));
      } else if (!boundary.allow().isEmpty() && !Glob.any(boundary.allow(), path)) {
        found.add(refused(path, "is outside of " + String.join(", ", boundary.allow())));
      }
    }
    size(boundary, delta, found);
    return found;
  }

  private static void size(Contract.Boundary boundary, Delta delta, List<Diagnostic> found) {
    var files = delta.files().size();
    var lines =
        delta.files().stream().mapToLong(file -> (long) file.additions() + file.deletions()).sum();
    if (files > boundary.maxFiles()) {
      found.add(
          Diagnostic.error(
              SOURCE, files + " files changed, at most " + boundary.maxFiles() + " may"));
    }
    if (lines > boundary.maxLines()) {
      found.add(
          Diagnostic.error(
              SOURCE, lines + " lines changed, at most " + boundary.maxLines() + " may"));
    }
    if (!delta.whole()) {
      found.add(
          Diagnostic.error(
              SOURCE, "the diff is too large to be read whole, so it cannot be guarded"));
    }
  }

  private static Diagnostic refused(String path, String why) {
    return Diagnostic.error(SOURCE, path + " " + why, path, 0);
  }
}

package dev.millwright.shared.workspace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Submodules of a commit whose address is one of the factory's own repositories; others stay the
/// empty folders that git makes of them. A repository names addresses and paths freely: an address
/// is only ever compared, a path counts only where the commit's tree has a submodule.
final class Submodules {
  private static final int DEEPEST = 3;

  private Submodules() {}

  /// One that can be filled.
  ///
  /// @param path below the outermost repository
  record Known(String path, Mirror mirror, String commit) {}

  /// Those of a commit and, after each, those within it.
  static List<Known> of(Mirror mirror, String commit, Mirrors mirrors) {
    var found = new ArrayList<Known>();
    collect(mirror, commit, mirrors, "", 0, found);
    return found;
  }

  private static void collect(
      Mirror mirror, String commit, Mirrors mirrors, String above, int depth, List<Known> found) {
    if (depth >= DEEPEST) {
      return;
    }
    for (var named : mirror.submodules(commit)) {
      var there = resolve(named.url(), mirror.url()).flatMap(mirrors::at);
      if (there.isPresent() && has(there.get(), named.commit())) {
        var known = new Known(above + named.path(), there.get(), named.commit());
        found.add(known);
        collect(known.mirror(), known.commit(), mirrors, known.path() + "/", depth + 1, found);
      }
    }
  }

  private static boolean has(Mirror mirror, String commit) {
    return mirror.resolve(commit).isPresent()
        || (mirror.refresh() instanceof GitResult.Ok && mirror.resolve(commit).isPresent());
  }

  /// Addresses that begin with a dot are seen from the repository that names them.
  private static Optional<String> resolve(String url, Optional<String> base) {
    if (!url.startsWith("./") && !url.startsWith("../")) {
      return Optional.of(url);
    }
    var from = base.map(address -> address.replaceAll("/+$", "")).orElse("");
    var rest = url;
    while (!from.isEmpty() && (rest.startsWith("./") || rest.startsWith("../"))) {
      if (rest.startsWith("../")) {
        from =
            from.substring(0, Math.max(0, Math.max(from.lastIndexOf('/'), from.lastIndexOf(':'))));
      }
      rest = rest.substring(rest.indexOf('/') + 1);
    }
    return from.isEmpty() ? Optional.empty() : Optional.of(from + "/" + rest);
  }
}

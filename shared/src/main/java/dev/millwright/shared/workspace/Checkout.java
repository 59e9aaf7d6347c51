package dev.millwright.shared.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// A checkout somebody works in, on their own machine. Their configuration counts, for it is their
/// repository; no hook runs, nothing asks for a password, and nothing of theirs is overwritten.
public final class Checkout {
  private static final String OWN_REFS = "refs/millwright/";

  /// What must hold whatever the repository says.
  private static final List<String> SETTINGS =
      List.of(
          "core.hooksPath=/dev/null",
          "core.fsmonitor=false",
          "protocol.ext.allow=never",
          "submodule.recurse=false",
          "fetch.fsckObjects=true",
          "commit.gpgSign=false",
          "gc.auto=0",
          "maintenance.auto=false",
          "advice.detachedHead=false");

  private final Path top;
  private final Map<String, String> environment;

  private Checkout(Path top, Map<String, String> environment) {
    this.top = top;
    this.environment = environment;
  }

  /// The checkout a folder is in.
  ///
  /// @param environment of whoever works in it
  public static Optional<Checkout> around(Path folder, Map<String, String> environment) {
    var own = new HashMap<>(environment);
    // Set inside a hook or an alias, and about another repository than the one that is meant.
    own.keySet().removeIf(name -> name.matches("GIT_(DIR|WORK_TREE|INDEX_FILE|PREFIX|COMMON_DIR)"));
    own.put("GIT_TERMINAL_PROMPT", "0");
    own.put("GIT_LITERAL_PATHSPECS", "1");
    own.put("LC_ALL", "C.UTF-8");
    var there = new Checkout(folder.toAbsolutePath().normalize(), Map.copyOf(own));
    return there
        .said("rev-parse", "--show-toplevel")
        .map(top -> new Checkout(Path.of(top), there.environment));
  }

  /// Where it starts.
  public Path top() {
    return top;
  }

  /// The branch that is checked out; empty on none.
  public Optional<String> branch() {
    return said("symbolic-ref", "--short", "-q", "HEAD");
  }

  public Optional<String> commit(String ref) {
    return said("rev-parse", "--verify", "-q", "--end-of-options", ref + "^{commit}");
  }

  /// The first line of a commit's message.
  public String subject(String commit) {
    return said("log", "-1", "--format=%s", MirrorReader.object(commit)).orElse("");
  }

  public boolean isAncestor(String ancestor, String commit) {
    return run("merge-base", "--is-ancestor", ancestor, commit) instanceof GitResult.Ok;
  }

  /// The addresses it fetches from.
  public List<String> remotes() {
    return said("config", "--get-regexp", "^remote\\..*\\.url$")
        .map(all -> all.lines().map(line -> line.replaceFirst("^\\S+ ", "")).toList())
        .orElse(List.of());
  }

  /// Files that differ from the newest commit, as `git status --short` shows them.
  ///
  /// @param untracked whether files git does not know count too
  public List<String> uncommitted(boolean untracked) {
    var raw =
        raw(
            Map.of("GIT_OPTIONAL_LOCKS", "0"),
            "status",
            "--porcelain",
            "--untracked-files=" + (untracked ? "all" : "no"));
    return raw.ok() ? raw.text().lines().toList() : List.of("?? " + raw.complaint());
  }

  /// Whether a merge, or anything else with conflicts, has been started and not finished.
  public boolean hasConflicts() {
    return said("ls-files", "--unmerged").isPresent();
  }

  /// The worktree that has a branch checked out.
  public Optional<Path> worktreeOf(String branch) {
    Path at = null;
    for (var line : said("worktree", "list", "--porcelain").orElse("").lines().toList()) {
      if (line.startsWith("worktree ")) {
        at = Path.of(line.substring("worktree ".length()));
      } else if (line.equals("branch refs/heads/" + branch)) {
        return Optional.ofNullable(at);
      }
    }
    return Optional.empty();
  }

  /// A commit of everything as it is now, uncommitted work included, on top of the newest commit.
  /// Index and files stay as they are: git works on a copy of the index.
  ///
  /// @param untracked whether files git does not know come along
  /// @return the newest commit itself where nothing is uncommitted
  public String snapshot(String message, boolean untracked) throws IOException {
    var head = commit("HEAD").orElseThrow(() -> new GitException("nothing is committed yet"));
    var index = Files.createTempFile("millwright-", ".index");
    try {
      var real = Path.of(must(Map.of(), "rev-parse", "--git-path", "index"));
      var own = Map.of("GIT_INDEX_FILE", index.toString());
      if (Files.exists(top.resolve(real))) {
        Files.copy(top.resolve(real), index, StandardCopyOption.REPLACE_EXISTING);
      } else {
        Files.delete(index);
      }
      must(own, "add", untracked ? "--all" : "--update");
      var tree = must(own, "write-tree");
      return tree.equals(must(Map.of(), "rev-parse", head + "^{tree}"))
          ? head
          : must(Map.of(), "commit-tree", tree, "-p", head, "-m", message);
    } finally {
      Files.deleteIfExists(index);
      Files.deleteIfExists(index.resolveSibling(index.getFileName() + ".lock"));
    }
  }

  /// Writes a commit, and what leads to it, into a file that git can fetch from.
  ///
  /// @param ref the name it has in there
  /// @param known commits the reader has already
  public GitResult bundle(Path file, String commit, String ref, List<String> known) {
    var own = OWN_REFS + "out/" + UUID.randomUUID() + "/" + ref;
    must(Map.of(), "update-ref", own, MirrorReader.object(commit));
    try {
      var words = new ArrayList<>(List.of("bundle", "create", "-q", file.toString(), own));
      known.forEach(each -> words.add("^" + MirrorReader.object(each)));
      return run(words.toArray(String[]::new));
    } finally {
      run("update-ref", "-d", own);
    }
  }

  /// Fetches one ref of a bundle, every object checked; no branch moves.
  ///
  /// @param branch what it is for; [#pulled] says the commit from then on
  /// @return the commit
  public Optional<String> fetch(Path bundle, String ref, String branch) {
    var own = OWN_REFS + "pulled/" + branch;
    var from = bundle.toAbsolutePath().toString();
    must(
        Map.of(), "fetch", "-q", "--no-tags", "--no-write-fetch-head", from, "+" + ref + ":" + own);
    return commit(own);
  }

  /// What was fetched for a branch the last time.
  public Optional<String> pulled(String branch) {
    return commit(OWN_REFS + "pulled/" + branch);
  }

  /// Points a branch at a commit; the branch must not be checked out.
  public void point(String branch, String commit) {
    must(Map.of(), "update-ref", "refs/heads/" + branch, MirrorReader.object(commit));
  }

  /// Goes to a branch; git refuses where that would overwrite a file it does not know.
  public GitResult goTo(String branch) {
    return run("switch", "-q", "--no-guess", branch);
  }

  /// Moves the branch that is checked out; work that is not committed is kept, or git refuses.
  public GitResult moveTo(String commit) {
    return run("reset", "-q", "--keep", MirrorReader.object(commit));
  }

  /// A further worktree of the same repository.
  public GitResult beside(Path folder, String branch) {
    return run("worktree", "add", "-q", folder.toAbsolutePath().toString(), branch);
  }

  private Optional<String> said(String... words) {
    return run(words) instanceof GitResult.Ok(var stdout) && !stdout.isBlank()
        ? Optional.of(stdout.strip())
        : Optional.empty();
  }

  private GitResult run(String... words) {
    return raw(Map.of(), words).result();
  }

  private String must(Map<String, String> more, String... words) {
    var raw = raw(more, words);
    if (!raw.ok()) {
      throw new GitException(Arrays.asList(words).getFirst() + ": " + raw.complaint());
    }
    return raw.text().strip();
  }

  private Git.Raw raw(Map<String, String> more, String... words) {
    if (!Files.isDirectory(top)) {
      throw new UncheckedIOException(new IOException("no folder " + top));
    }
    var all = new HashMap<>(environment);
    all.putAll(more);
    return Git.raw(Git.Call.in(top, words).within(Git.LONG), SETTINGS, all);
  }
}

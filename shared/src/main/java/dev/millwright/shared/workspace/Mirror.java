package dev.millwright.shared.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A bare mirror of one repository. Only the factory writes here, one writer at a time; no object
/// is pruned while a workspace borrows. A commit or ref that is not there is an empty answer where
/// the type has one, a [GitException] where it was promised to exist.
public final class Mirror {
  private static final ConcurrentHashMap<Path, ReentrantLock> WRITERS = new ConcurrentHashMap<>();
  private static final String NEW = ".new-";
  private static final String ASIDE = "refs/heads/in";
  private static final String NOTHING = "0".repeat(40);

  /// Old and harmless faults that real histories have; everything else fsck finds is refused.
  private static final List<String> FORGIVEN =
      List.of(
          "badTimezone",
          "zeroPaddedFilemode",
          "zeroPaddedDate",
          "missingSpaceBeforeDate",
          "missingEmail",
          "missingNameBeforeEmail",
          "badEmail",
          "missingTaggerEntry");

  private final String repository;
  private final Path folder;
  private final Optional<Remote> remote;
  private final MirrorReader reader;

  Mirror(String repository, Path folder, Optional<Remote> remote) {
    this.repository = repository;
    this.folder = folder;
    this.remote = remote;
    this.reader = new MirrorReader(folder);
  }

  /// The name it has in the factory's settings.
  public String repository() {
    return repository;
  }

  public Path folder() {
    return folder;
  }

  /// Where it is fetched from, once that was told.
  Optional<String> url() {
    return remote.map(Remote::url);
  }

  /// What workspaces borrow.
  public Path objects() {
    return folder.resolve("objects");
  }

  /// Clones the first time, then fetches every branch and tag, forgetting those that went.
  public GitResult refresh() {
    if (remote.isEmpty()) {
      return new GitResult.Failed(-1, "the address of " + repository + " is not known");
    }
    return writing(() -> exists() || created() ? fetched(remote.get()) : notCreated());
  }

  /// The same for one branch, which costs less. A pattern, so that one that is gone there goes here
  /// and is no failure.
  GitResult refresh(String branch) {
    if (remote.isEmpty() || !exists()) {
      return refresh();
    }
    var ref = full("refs/heads/" + branch + "*");
    var words = fetch(List.of("--prune", remote.get().url(), "+" + ref + ":" + ref));
    return writing(
        () -> Git.raw(call(words).with(remote.get().environment()).within(Git.LONG)).result());
  }

  /// The commit of a branch, tag, full ref or hash.
  public Optional<String> resolve(String ref) {
    return reader.resolve(ref);
  }

  /// The branch the remote calls its own; known after the first refresh.
  public Optional<String> defaultBranch() {
    return reader.defaultBranch();
  }

  /// The change as text, at most 4 MiB, ending in a note where it was cut.
  public String diff(String base, String commit) {
    return reader.diff(base, commit);
  }

  public List<FileChange> numstat(String base, String commit) {
    return reader.numstat(base, commit);
  }

  /// A file's content; empty when there is no such file, or it is no file, or larger than 16 MiB.
  public Optional<byte[]> readFile(String commit, String path) {
    return reader.readFile(commit, path);
  }

  public List<String> listFiles(String commit) {
    return reader.listFiles(commit);
  }

  /// Every path of a commit, and the name of its content.
  public Map<String, String> contents(String commit) {
    return reader.contents(commit);
  }

  /// Newest first, as `git log` has it; `range` is a commit or `base..commit`.
  public List<LogEntry> log(String range, int limit) {
    return reader.log(range, limit);
  }

  /// The submodules a commit has, as its `.gitmodules` calls them.
  List<MirrorReader.Submodule> submodules(String commit) {
    return reader.submodules(commit);
  }

  /// How many files differ; empty when one of the two is not here.
  Optional<Integer> filesApart(String one, String other) {
    return reader.filesApart(one, other);
  }

  /// Branches and tags as the packed refs of a clone, with its own branch of the default one.
  String refsOfClones() {
    return reader.refsOfClones();
  }

  public Optional<String> mergeBase(String one, String other) {
    return reader.mergeBase(one, other);
  }

  public boolean isAncestor(String ancestor, String commit) {
    return reader.isAncestor(ancestor, commit);
  }

  public String treeOf(String commit) {
    return reader.resolveAs(commit, "tree").orElseThrow(() -> new GitException("no " + commit));
  }

  /// Merges without a checkout; the tree is written, no commit is.
  public Merge mergeTree(String base, String commit) {
    return reader.mergeTree(base, commit);
  }

  /// A commit by this author, committed by the factory. Same arguments, same commit.
  public String commitTree(
      String tree, List<String> parents, String message, Author author, Instant at) {
    var words = new ArrayList<>(List.of("commit-tree", MirrorReader.object(tree)));
    parents.forEach(parent -> words.addAll(List.of("-p", MirrorReader.object(parent))));
    words.addAll(List.of("-F", "-"));
    var environment = new HashMap<String, String>();
    String date = "@" + at.getEpochSecond() + " +0000";
    environment.put("GIT_AUTHOR_NAME", author.name());
    environment.put("GIT_AUTHOR_EMAIL", author.email());
    environment.put("GIT_AUTHOR_DATE", date);
    environment.put("GIT_COMMITTER_NAME", Author.MILLWRIGHT.name());
    environment.put("GIT_COMMITTER_EMAIL", Author.MILLWRIGHT.email());
    environment.put("GIT_COMMITTER_DATE", date);
    var raw = Git.raw(call(words.toArray(String[]::new)).with(environment).reading(message));
    if (!raw.ok()) {
      throw new GitException(raw.complaint());
    }
    return raw.text().strip();
  }

  /// Moves a ref if it still is where the caller thinks; `expectedOld` empty means it must not
  /// exist.
  public boolean updateRef(String ref, String commit, Optional<String> expectedOld) {
    String old = expectedOld.map(MirrorReader::object).orElse(NOTHING);
    return writing(
        () -> Git.raw(call("update-ref", full(ref), MirrorReader.object(commit), old)).ok());
  }

  /// A ref, and when the commit it names was made.
  record Dated(String name, Instant at) {}

  List<Dated> refs(String prefix) {
    return reader.refs(prefix);
  }

  /// Whether it has grown so many files that git reads slowly.
  boolean isScattered() {
    return reader.isScattered();
  }

  /// Packs, and forgets objects that no ref has led to for two weeks. Only while nobody borrows.
  GitResult pack() {
    return writing(
        () -> Git.raw(call("gc", "--quiet", "--prune=2.weeks.ago").within(Git.LONG)).result());
  }

  /// Deletes a ref; its objects stay. Says whether it was there.
  public boolean deleteRef(String ref) {
    return resolve(full(ref)).isPresent()
        && writing(() -> Git.raw(call("update-ref", "-d", full(ref))).ok());
  }

  /// Pushes, all refs or none. A refspec starting with `+` overwrites, so say `commit:refs/heads/x`
  /// where that would be wrong.
  public GitResult push(Remote to, List<String> refspecs) {
    if (refspecs.isEmpty() || refspecs.stream().anyMatch(spec -> spec.startsWith("-"))) {
      throw new IllegalArgumentException("not refspecs: " + refspecs);
    }
    var words = new ArrayList<>(List.of("push", "--porcelain", "--atomic", "--", to.url()));
    words.addAll(refspecs);
    var raw = Git.raw(call(words.toArray(String[]::new)).with(to.environment()).within(Git.LONG));
    return switch (raw.result()) {
      case GitResult.Ok ok -> ok;
      // Why a ref was refused stands in the porcelain lines, not on stderr.
      case GitResult.Failed(int code, var stderr) ->
          new GitResult.Failed(code, (stderr + "\n" + raw.text()).strip());
    };
  }

  /// Pushes to where it is fetched from.
  GitResult push(List<String> refspecs) {
    return remote
        .map(to -> push(to, refspecs))
        .orElseGet(
            () -> new GitResult.Failed(-1, "the address of " + repository + " is not known"));
  }

  /// Pushes to an address that needs no secret.
  public GitResult push(String remoteUrl, List<String> refspecs) {
    return push(Remote.of(remoteUrl), refspecs);
  }

  /// Writes what leads from a base to a ref into a file that git can fetch from.
  public GitResult bundle(Path file, String base, String ref) {
    var target = file.toAbsolutePath().toString();
    return Git.raw(
            call("bundle", "create", "-q", target, "^" + MirrorReader.object(base), full(ref))
                .within(Git.LONG))
        .result();
  }

  /// Fetches one ref of a bundle, every object checked. Until 2.46 git checks only what it fetches
  /// from a repository, so a bundle is first made one, beside.
  public GitResult fetchBundle(Path bundle, String refInBundle, String refInMirror) {
    try {
      Path aside = Files.createTempDirectory(folder.getParent(), NEW);
      try {
        var made = bare(aside);
        Path lent = Files.createDirectories(aside.resolve("objects/info"));
        Files.writeString(lent.resolve("alternates"), objects() + "\n");
        var unpacked =
            made.ok()
                ? fetched(aside, bundle.toAbsolutePath(), full(refInBundle), ASIDE).result()
                : made.result();
        return unpacked instanceof GitResult.Ok
            ? writing(() -> fetched(folder, aside, ASIDE, full(refInMirror)).result())
            : unpacked;
      } finally {
        Trees.delete(aside);
      }
    } catch (IOException failed) {
      return new GitResult.Failed(-1, "no place for the bundle: " + failed);
    }
  }

  private static Git.Raw fetched(Path into, Path from, String ref, String as) {
    var words = fetch(List.of(from.toString(), "+" + ref + ":" + as));
    return Git.raw(MirrorReader.call(into, words).within(Git.LONG));
  }

  private static Git.Raw bare(Path fresh) {
    return Git.raw(Git.Call.in(fresh, "init", "-q", "--bare", "--template=", fresh.toString()));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Mirror mirror && folder.equals(mirror.folder);
  }

  @Override
  public int hashCode() {
    return folder.hashCode();
  }

  @Override
  public String toString() {
    return "Mirror[" + folder + "]";
  }

  boolean exists() {
    return Files.isRegularFile(folder.resolve("HEAD"));
  }

  private GitResult fetched(Remote from) {
    var words =
        fetch(
            List.of(
                "--prune", from.url(), "+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*"));
    var result = Git.raw(call(words).with(from.environment()).within(Git.LONG)).result();
    if (result instanceof GitResult.Ok) {
      followHead(from);
    }
    return result;
  }

  private static String[] fetch(List<String> rest) {
    var words = new ArrayList<>(List.of("-c", "fetch.fsckObjects=true"));
    FORGIVEN.forEach(fault -> words.addAll(List.of("-c", "fetch.fsck." + fault + "=warn")));
    words.addAll(List.of("fetch", "-q", "--no-tags", "--no-write-fetch-head", "--no-auto-gc"));
    words.add("--no-recurse-submodules");
    words.addAll(rest);
    return words.toArray(String[]::new);
  }

  private void followHead(Remote from) {
    var asked =
        Git.raw(
            call("ls-remote", "--symref", "--", from.url(), "HEAD")
                .with(from.environment())
                .within(Git.LONG));
    asked
        .text()
        .lines()
        .filter(line -> line.startsWith("ref: refs/heads/"))
        .map(line -> line.substring("ref: ".length()).split("\t")[0])
        .findFirst()
        .ifPresent(head -> Git.raw(call("symbolic-ref", "HEAD", head)));
  }

  /// Made beside and moved into place, so that half a mirror is never taken for one.
  private boolean created() {
    try {
      Files.createDirectories(folder.getParent());
      Path fresh = Files.createTempDirectory(folder.getParent(), NEW);
      var made = bare(fresh);
      if (made.ok()) {
        Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
      }
      return made.ok();
    } catch (IOException _) {
      return false;
    }
  }

  private GitResult notCreated() {
    return new GitResult.Failed(-1, "no mirror could be made at " + folder);
  }

  private Git.Call call(String... words) {
    return MirrorReader.call(folder, words);
  }

  private static String full(String ref) {
    if (!ref.startsWith("refs/") || ref.contains("..") || ref.indexOf(':') >= 0) {
      throw new IllegalArgumentException("not a full ref: " + ref);
    }
    return ref;
  }

  private <T> T writing(Supplier<T> work) {
    var lock = WRITERS.computeIfAbsent(folder, Mirror::firstWriter);
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  /// The first writer of this process takes away the lock files that a killed one left.
  private static ReentrantLock firstWriter(Path folder) {
    try (var files = Files.find(folder, 9, (path, _) -> stale(folder.relativize(path)))) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException _) {
      // Not there yet; or git will say what is wrong.
    }
    return new ReentrantLock();
  }

  private static boolean stale(Path file) {
    return file.toString().endsWith(".lock") && !file.startsWith("objects");
  }
}

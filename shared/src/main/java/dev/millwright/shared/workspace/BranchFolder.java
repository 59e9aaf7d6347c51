package dev.millwright.shared.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// The files directly in one folder of one branch, as the repository has them. An edit is a commit
/// on top of what was read; the repository takes it only if nobody was faster, else it is made anew
/// on what is there now.
///
/// @param folder within the repository, empty for its top
public record BranchFolder(Mirror mirror, String branch, String folder) {
  private static final int TRIES = 10;
  private static final long MOST_BYTES = 1 << 20;
  private static final int MOST_CHARACTERS = 200;

  /// Parts that neither hide nor lead elsewhere, nor end as git's own names do.
  private static final Pattern PARTS =
      Pattern.compile("(?!.*(?:\\.\\.|\\.(?:lock)?(?:/|$)))\\w[\\w.-]*(?:/\\w[\\w.-]*)*");

  public BranchFolder {
    if (!isBranch(branch) || !isFolder(folder)) {
      throw new IllegalArgumentException("no folder of a branch: " + branch + ":" + folder);
    }
  }

  public static boolean isBranch(String name) {
    return name.length() <= MOST_CHARACTERS && PARTS.matcher(name).matches();
  }

  public static boolean isFolder(String path) {
    return path.isEmpty() || isBranch(path);
  }

  /// A plain file.
  ///
  /// @param object names its content, the same for the same bytes
  public record Entry(String object, long size) {}

  /// How an edit ended.
  public sealed interface Edited {
    /// The repository has it, or had it already.
    record Done() implements Edited {}

    /// There is no such file.
    record Gone() implements Edited {}

    record Failed(String why) implements Edited {}
  }

  /// Asks the repository how the branch is now.
  public GitResult refresh() {
    return mirror.refresh(branch);
  }

  /// Its plain files by their names, as of the last refresh; empty when there is no such branch.
  public Optional<Map<String, Entry>> list() {
    return tip().map(commit -> reader().entries(commit, folder));
  }

  /// What an entry says; empty where that is no UTF-8.
  public Optional<String> read(Entry entry) {
    var bytes = ByteBuffer.wrap(reader().blob(entry.object()));
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }

  /// Changes a file's text, and brings it to the repository.
  ///
  /// @param change of the text as it is then; asked again when somebody was faster
  public Edited edit(String name, UnaryOperator<String> change, String message, Instant at) {
    var lost = Optional.<String>empty();
    var why = "";
    for (var tries = 0; tries < TRIES; tries++) {
      if (refresh() instanceof GitResult.Failed(_, var said)) {
        return new Edited.Failed(said);
      }
      var tip = tip();
      var entry = tip.map(commit -> reader().entries(commit, folder).get(name));
      if (tip.isEmpty() || entry.isEmpty()) {
        return new Edited.Gone();
      }
      if (tip.equals(lost)) {
        break; // Nobody was faster: it does not want it at all.
      }
      var before = entry.get().size() > MOST_BYTES ? Optional.<String>empty() : read(entry.get());
      if (before.isEmpty()) {
        return new Edited.Failed(name + " is too large or no UTF-8");
      }
      var after = change.apply(before.get());
      if (after.equals(before.get())) {
        return new Edited.Done();
      }
      var tree = treeWith(tip.get(), folder.isEmpty() ? name : folder + "/" + name, after);
      var commit = mirror.commitTree(tree, List.of(tip.get()), message, Author.MILLWRIGHT, at);
      switch (mirror.push(List.of(commit + ":refs/heads/" + branch))) {
        case GitResult.Ok _ -> {
          return new Edited.Done();
        }
        case GitResult.Failed(_, var said) -> why = said;
      }
      lost = tip;
    }
    return new Edited.Failed("the repository does not take it: " + why);
  }

  /// The tree of a commit with another text in one of its files. Nothing leads to it yet.
  private String treeWith(String commit, String path, String text) {
    try {
      var index = Files.createTempFile("millwright-", ".index");
      try {
        // git makes the file itself, and takes an empty one for a broken index.
        Files.delete(index);
        var blob = said(index, text, "hash-object", "-w", "--stdin");
        said(index, "", "read-tree", commit);
        said(index, "", "update-index", "--cacheinfo", "100644," + blob + "," + path);
        return said(index, "", "write-tree");
      } finally {
        Files.deleteIfExists(index);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private String said(Path index, String input, String... words) {
    var call = MirrorReader.call(mirror.folder(), words).reading(input);
    var raw = Git.raw(call.with(Map.of("GIT_INDEX_FILE", index.toString())));
    if (!raw.ok()) {
      throw new GitException(raw.complaint());
    }
    return raw.text().strip();
  }

  private Optional<String> tip() {
    return mirror.resolve("refs/heads/" + branch);
  }

  private MirrorReader reader() {
    return new MirrorReader(mirror.folder());
  }
}

package dev.millwright.shared.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Takes work out of a workspace. Inside the sandbox a fresh repository that the agent never saw
/// reads the files, so nothing the agent wrote into its own `.git` has a say; out comes a bundle,
/// which the mirror fetches with every object checked; what is kept is a commit the factory makes.
final class Taking {
  private static final long LARGEST_BUNDLE_BYTES = 512L * 1024 * 1024;
  private static final String INCOMING = "refs/heads/out";
  private static final Duration TIME = Duration.ofMinutes(10);

  /// What git would wait for at the other end of goes first: no commit holds a pipe or a socket.
  /// Files that are ignored but tracked by the agent's own index are wanted too: asking for them is
  /// the one thing done with the agent's repository, and it may fail. Where unfinished work is
  /// saved, repositories inside are kept as plain files, and so are submodules that differ.
  private static final String SCRIPT =
      """
      set -eu
      work=$1; out=$2; base=$3; nested=$4
      export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null GIT_ATTR_NOSYSTEM=1
      export GIT_LITERAL_PATHSPECS=1 GIT_TERMINAL_PROMPT=0
      safe="-c core.fsmonitor=false -c core.hooksPath=/dev/null -c gc.auto=0"
      cd "$work"
      find . \\( -type p -o -type s \\) -delete 2> /dev/null || :
      git $safe -C "$work" ls-files -z -c -i --exclude-standard > "$out/forced" 2> /dev/null || :
      export GIT_DIR="$out/git" GIT_WORK_TREE="$work"
      if [ "$nested" = keep ]; then
        git $safe -c core.quotePath=false ls-tree -r "$base" > "$out/tree"
        sed -n 's/^160000 commit \\([0-9a-f]*\\)\t/\\1 /p' "$out/tree" | while read -r at sub; do
          [ -e "$sub/.git" ] || continue
          own="env -u GIT_DIR -u GIT_WORK_TREE git $safe -C"
          [ "$($own "$sub" rev-parse HEAD)" = "$at" ] && [ -z "$($own "$sub" status -s)" ] \\
            || printf '%s\\0' "$sub" >> "$out/moved"
        done
        chmod -R u+rwX . || :
        find . -mindepth 2 -name .git -prune -exec mv {} {}-nested ';' || :
        mkdir -p "$out/git/info"; echo .git-nested > "$out/git/info/exclude"
      fi
      export GIT_AUTHOR_NAME=agent GIT_AUTHOR_EMAIL=agent@localhost
      export GIT_COMMITTER_NAME=agent GIT_COMMITTER_EMAIL=agent@localhost
      git $safe read-tree "$base"
      if [ -s "$out/moved" ]; then
        git $safe update-index -z --force-remove --stdin < "$out/moved"
      fi
      if ! git $safe add -A .; then
        [ "$nested" = keep ] || exit 1
        echo '* -text -ident -filter -working-tree-encoding' > "$out/git/info/attributes"
        git $safe add -A --ignore-errors . || :
      fi
      if [ -s "$out/forced" ]; then
        git $safe add -f --pathspec-from-file="$out/forced" --pathspec-file-nul || :
      fi
      tree=$(git $safe write-tree)
      if [ "$tree" = "$(git $safe rev-parse "$base^{tree}")" ]; then echo nothing; exit 0; fi
      commit=$(git $safe commit-tree "$tree" -p "$base" -m work)
      git $safe update-ref refs/heads/out "$commit"
      git $safe bundle create -q "$out/work.bundle" "^$base" refs/heads/out
      echo taken
      """;

  private final InstantSource clock;

  Taking(InstantSource clock) {
    this.clock = clock;
  }

  /// Where the work is kept and what its commit says; strict refuses what no review can judge.
  record Note(String ref, String message, Author author, boolean strict) {}

  TakeOut take(Workspace workspace, Sandbox sandbox, Note note) throws InterruptedException {
    Path out = workspace.folder().resolve("out-" + UUID.randomUUID());
    try {
      prepare(workspace, out);
      try {
        return packed(workspace, sandbox, out, note);
      } finally {
        Trees.delete(out);
      }
    } catch (IOException failed) {
      return new TakeOut.Refused("the workspace could not be read: " + failed);
    } catch (GitException failed) {
      return new TakeOut.Refused(String.valueOf(failed.getMessage()));
    }
  }

  private static void prepare(Workspace workspace, Path out) throws IOException {
    Path git = Files.createDirectories(out.resolve("git"));
    if (Git.run(out, "init", "-q", "--bare", "--template=", git.toString())
        instanceof GitResult.Failed(_, var stderr)) {
      throw new GitException(stderr);
    }
    Path alternates = Files.createDirectories(git.resolve("objects/info")).resolve("alternates");
    Files.writeString(alternates, workspace.mirror().objects() + "\n");
  }

  private TakeOut packed(Workspace workspace, Sandbox sandbox, Path out, Note note)
      throws InterruptedException {
    var box = workspace.box().writing(out, "/out");
    var command =
        Command.of(
                "/bin/sh",
                "-c",
                SCRIPT,
                "take-out",
                sandbox.inside(box, workspace.files()),
                sandbox.inside(box, out),
                workspace.commit(),
                note.strict() ? "refuse" : "keep")
            .withLimits(Limits.DEFAULT.withTime(TIME));
    var exit = sandbox.run(command, box);
    if (!exit.succeeded()) {
      return new TakeOut.Refused(exit.summary() + ": " + exit.output().stderr().strip());
    }
    return switch (exit.output().stdout().strip()) {
      case "nothing" -> new TakeOut.Nothing();
      case "taken" -> fetched(workspace, out.resolve("work.bundle"), note);
      default -> new TakeOut.Refused("the take-out said nothing we know");
    };
  }

  private TakeOut fetched(Workspace workspace, Path bundle, Note note) {
    if (!Files.isRegularFile(bundle, LinkOption.NOFOLLOW_LINKS)
        || bundle.toFile().length() > LARGEST_BUNDLE_BYTES) {
      return new TakeOut.Refused("the work is missing or larger than 512 MiB");
    }
    var mirror = workspace.mirror();
    String incoming = note.ref().replaceFirst("refs/millwright/", "refs/millwright/incoming/");
    if (mirror.fetchBundle(bundle, INCOMING, incoming) instanceof GitResult.Failed(_, var stderr)) {
      return new TakeOut.Refused("git refuses the work: " + stderr);
    }
    try {
      return kept(workspace, mirror.resolve(incoming), note);
    } finally {
      mirror.deleteRef(incoming);
    }
  }

  private TakeOut kept(Workspace workspace, Optional<String> commit, Note note) {
    var mirror = workspace.mirror();
    if (commit.isEmpty() || !mirror.isAncestor(workspace.commit(), commit.get())) {
      return new TakeOut.Refused("the work does not follow from where it started");
    }
    var objection = note.strict() ? objection(workspace, commit.get()) : Optional.<String>empty();
    if (objection.isPresent()) {
      return new TakeOut.Refused(objection.get());
    }
    String ours =
        mirror.commitTree(
            mirror.treeOf(commit.get()),
            List.of(workspace.commit()),
            note.message(),
            note.author(),
            clock.instant());
    return mirror.updateRef(note.ref(), ours, mirror.resolve(note.ref()))
        ? new TakeOut.Taken(ours, note.ref())
        : new TakeOut.Refused("the ref moved meanwhile: " + note.ref());
  }

  /// Links that leave the repository and repositories within it are put there to reach something.
  private static Optional<String> objection(Workspace workspace, String commit) {
    var reader = new MirrorReader(workspace.mirror().folder());
    for (var put : reader.puts(workspace.commit(), commit)) {
      if (put.mode().equals("160000")) {
        return Optional.of("a repository inside the repository is new or moved: " + put.path());
      }
      if (put.mode().equals("120000") && leaves(put.path(), reader.blob(put.object()))) {
        return Optional.of("a link that leads out of the repository: " + put.path());
      }
    }
    return Optional.empty();
  }

  private static boolean leaves(String path, byte[] target) {
    String to = new String(target, StandardCharsets.UTF_8);
    if (to.startsWith("/") || to.indexOf('\0') >= 0) {
      return true;
    }
    Path root = Path.of("/root-of-the-repository");
    Path found = root.resolve(path).resolveSibling(to).normalize();
    return !found.startsWith(root) || found.startsWith(root.resolve(".git"));
  }
}

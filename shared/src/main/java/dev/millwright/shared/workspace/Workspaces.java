package dev.millwright.shared.workspace;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The workspaces of one data directory, at `data/workspaces/<item>/g<generation>`. Each method may
/// wait for git: virtual threads only. Different workspaces may be worked on at once.
public final class Workspaces {
  private static final Logger LOG = LoggerFactory.getLogger(Workspaces.class);
  private static final String RECORD = "workspace.properties";
  private static final String NEW = ".new-";

  private final Path folder;
  private final Mirrors mirrors;
  private final Taking taking;

  public Workspaces(Path data, Mirrors mirrors) {
    this(data, mirrors, InstantSource.system());
  }

  public Workspaces(Path data, Mirrors mirrors, InstantSource clock) {
    this.folder = data.toAbsolutePath().normalize().resolve("workspaces");
    this.mirrors = mirrors;
    this.taking = new Taking(clock);
  }

  /// A clone of its own at this commit on the branch `millwright/<item>`, borrowing objects from
  /// the mirror. Made beside and moved into place, so that half a workspace is never found. Fails
  /// with a [GitException] when it exists already: salvage and remove that one first.
  public Workspace create(String item, int generation, Mirror mirror, String commit) {
    Path own = place(item, generation);
    String exact =
        mirror.resolve(commit).orElseThrow(() -> new GitException("no commit " + commit));
    var workspace = new Workspace(item, generation, own, mirror, exact);
    try {
      if (Files.exists(own, LinkOption.NOFOLLOW_LINKS)) {
        throw new GitException("the workspace exists: " + own);
      }
      Path fresh = Files.createDirectories(own.resolveSibling(NEW + UUID.randomUUID()));
      try {
        clone(workspace, fresh);
        Files.writeString(fresh.resolve(RECORD), record(workspace));
        Files.move(fresh, own, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Trees.delete(fresh);
      }
      return workspace;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// The exact files of a commit into a new folder, without `.git`, and without regard to what the
  /// repository says archives should leave out.
  public void export(Mirror mirror, String commit, Path target) {
    try {
      Files.createDirectories(target);
      if (!Trees.list(target).isEmpty()) {
        throw new GitException("not empty: " + target);
      }
      Path index = target.resolveSibling(NEW + UUID.randomUUID());
      try {
        var at = Map.of("GIT_INDEX_FILE", index.toAbsolutePath().toString());
        String from = "--git-dir=" + mirror.folder();
        String to = "--work-tree=" + target.toAbsolutePath();
        String exact = MirrorReader.object(commit);
        must(Git.Call.in(target, from, to, "read-tree", exact).with(at));
        must(Git.Call.in(target, from, to, "checkout-index", "-a", "-q").with(at));
      } finally {
        Files.deleteIfExists(index);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// Takes the work out as one commit on top of the workspace's commit, kept as
  /// `refs/millwright/items/<item>/<generation>`. No agent may be running in it. May be said again;
  /// the newest wins.
  public TakeOut takeOut(Workspace workspace, Sandbox sandbox, String message, Author author)
      throws InterruptedException {
    String ref = "refs/millwright/items/" + workspace.item() + "/" + workspace.generation();
    return taking.take(workspace, sandbox, new Taking.Note(ref, message, author, true));
  }

  /// Keeps unfinished work as `refs/millwright/salvage/<item>/<generation>`, whatever is in it.
  public TakeOut salvage(Workspace workspace, Sandbox sandbox) throws InterruptedException {
    String ref = "refs/millwright/salvage/" + workspace.item() + "/" + workspace.generation();
    String message = "Unfinished work on " + workspace.item();
    return taking.take(workspace, sandbox, new Taking.Note(ref, message, Author.MILLWRIGHT, false));
  }

  /// Salvages a workspace that nobody works in any more and deletes it. What cannot be salvaged
  /// stays where it is, for the next time or for a person.
  public TakeOut retire(Workspace workspace, Sandbox sandbox) throws InterruptedException {
    var kept = salvage(workspace, sandbox);
    switch (kept) {
      case TakeOut.Taken _, TakeOut.Nothing _ -> remove(workspace);
      case TakeOut.Refused(var reason) ->
          LOG.warn("event=WorkspaceKept folder={} reason=\"{}\"", workspace.folder(), reason);
    }
    return kept;
  }

  /// Deletes the folder, following no link. Salvage first.
  public void remove(Workspace workspace) {
    Path own = place(workspace.item(), workspace.generation());
    try {
      // Moved first, so that a crash half-way leaves rubbish and not half a workspace.
      Path rubbish = own.resolveSibling(NEW + UUID.randomUUID());
      if (Files.exists(own, LinkOption.NOFOLLOW_LINKS)) {
        Files.move(own, rubbish, StandardCopyOption.ATOMIC_MOVE);
        Trees.delete(rubbish);
      }
      Path ofItem = own.resolveSibling("");
      if (Files.isDirectory(ofItem) && Trees.list(ofItem).isEmpty()) {
        Files.delete(ofItem);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// A workspace that is on disk.
  public Optional<Workspace> find(String item, int generation) {
    return read(place(item, generation));
  }

  /// What is on disk, for resuming or salvaging at boot; rubbish of a crash is deleted on the way,
  /// so only before anything is created.
  public List<Workspace> list() {
    var all = new ArrayList<Workspace>();
    try {
      if (!Files.isDirectory(folder)) {
        return List.of();
      }
      for (Path item : Trees.list(folder)) {
        for (Path own : Trees.list(item)) {
          if (own.getFileName().toString().startsWith(NEW)) {
            Trees.delete(own);
          } else {
            read(own).ifPresent(all::add);
          }
        }
      }
      return List.copyOf(all);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private Path place(String item, int generation) {
    if (generation < 0) {
      throw new IllegalArgumentException("not a generation: " + generation);
    }
    return folder.resolve(Within.name(item)).resolve("g" + generation);
  }

  /// The one time the host's git works in this folder: before any agent has seen it.
  private static void clone(Workspace workspace, Path fresh) {
    String files = fresh.resolve("files").toString();
    String mirror = workspace.mirror().folder().toString();
    must(
        Git.Call.in(
            fresh,
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
            "--",
            mirror,
            files));
    must(
        Git.Call.in(
                fresh.resolve("files"),
                "checkout",
                "-q",
                "--no-recurse-submodules",
                "-B",
                "millwright/" + workspace.item(),
                workspace.commit())
            .within(Git.LONG));
  }

  private static void must(Git.Call call) {
    if (Git.raw(call).result() instanceof GitResult.Failed(_, var stderr)) {
      throw new GitException(stderr);
    }
  }

  private static String record(Workspace workspace) {
    return "item=%s%ngeneration=%d%nrepository=%s%ncommit=%s%n"
        .formatted(
            workspace.item(),
            workspace.generation(),
            workspace.mirror().repository(),
            workspace.commit());
  }

  private Optional<Workspace> read(Path own) {
    var record = new Properties();
    try {
      record.load(new StringReader(Files.readString(own.resolve(RECORD))));
      return Optional.of(
          new Workspace(
              Within.name(record.getProperty("item")),
              Integer.parseInt(record.getProperty("generation")),
              own,
              mirrors.known(record.getProperty("repository")),
              MirrorReader.object(record.getProperty("commit"))));
    } catch (IOException | RuntimeException _) {
      return Optional.empty();
    }
  }
}

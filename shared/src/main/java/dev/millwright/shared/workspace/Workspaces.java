package dev.millwright.shared.workspace;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The workspaces of one factory, at `data/workspaces/<item>/g<generation>` unless told. Each
/// method may wait for git: virtual threads only. Different workspaces may be worked on at once.
public final class Workspaces {
  private static final Logger LOG = LoggerFactory.getLogger(Workspaces.class);
  private static final String RECORD = "workspace.properties";
  private static final String NEW = ".new-";

  private final Path data;
  private final Path folder;
  private final Mirrors mirrors;
  private final Optional<Templates> templates;
  private final Taking taking;
  private final ReentrantReadWriteLock making = new ReentrantReadWriteLock();

  /// Every workspace is written out.
  public Workspaces(Path data, Mirrors mirrors) {
    this(data, mirrors, Optional.empty());
  }

  /// Those of many files are laid over a template, where the sandbox and the machine can do that.
  public Workspaces(Path data, Mirrors mirrors, Sandbox sandbox) {
    this(data, data.resolve("workspaces"), mirrors, sandbox);
  }

  /// The same somewhere else: in a folder that nobody else puts anything into.
  public Workspaces(Path data, Path folder, Mirrors mirrors, Sandbox sandbox) {
    this(
        data,
        folder,
        mirrors,
        together(data, folder)
            ? Templates.where(sandbox, data, Templates.FROM_FILES)
            : Optional.empty());
  }

  Workspaces(Path data, Mirrors mirrors, Optional<Templates> templates) {
    this(data, data.resolve("workspaces"), mirrors, templates);
  }

  private Workspaces(Path data, Path folder, Mirrors mirrors, Optional<Templates> templates) {
    this.data = data.toAbsolutePath().normalize();
    this.folder = folder.toAbsolutePath().normalize();
    this.mirrors = mirrors;
    this.templates = templates;
    this.taking = new Taking(InstantSource.system());
  }

  /// What can be laid over was tried where the data is; another disk may not be able to.
  private static boolean together(Path data, Path folder) {
    try {
      return Files.getFileStore(Files.createDirectories(data))
          .equals(Files.getFileStore(Files.createDirectories(folder)));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// A clone of its own at this commit on the branch `millwright/<item>`, borrowing objects from
  /// the mirror, its files laid over a template where there are many. Made beside and moved into
  /// place, so that half a workspace is never found. Fails with a [GitException] when it exists
  /// already: salvage and remove that one first.
  public Workspace create(String item, int generation, Mirror mirror, String commit) {
    return create(item, generation, mirror, commit, Optional.empty());
  }

  /// As above, for a repository that is to be set up.
  ///
  /// @param setup the key of what setup makes: where that was kept, and can be laid under the
  ///   workspace, it is there already
  public Workspace create(
      String item, int generation, Mirror mirror, String commit, Optional<String> setup) {
    Path own = place(item, generation);
    String exact =
        mirror.resolve(commit).orElseThrow(() -> new GitException("no commit " + commit));
    var workspace = new Workspace(item, generation, own, mirror, exact);
    making.readLock().lock();
    try {
      if (Files.exists(own, LinkOption.NOFOLLOW_LINKS)) {
        throw new GitException("the workspace exists: " + own);
      }
      Path fresh = Files.createDirectories(own.resolveSibling(NEW + UUID.randomUUID()));
      try {
        var made = made(workspace, fresh, setup);
        Files.writeString(fresh.resolve(RECORD), record(made));
        Files.move(fresh, own, StandardCopyOption.ATOMIC_MOVE);
        return made;
      } finally {
        Trees.delete(fresh);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } finally {
      making.readLock().unlock();
    }
  }

  private Workspace made(Workspace workspace, Path fresh, Optional<String> setup)
      throws IOException {
    Path files = fresh.resolve("files");
    var laid =
        templates.isPresent()
            ? templates.get().lay(workspace, fresh, setup)
            : Optional.<Templates.Laid>empty();
    if (laid.isEmpty()) {
      Clones.make(workspace.mirror(), workspace.commit(), files, "-B", workspace.branch());
    }
    var submodules = Submodules.of(workspace.mirror(), workspace.commit(), mirrors);
    for (var one : submodules) {
      Clones.make(one, files, laid.map(Templates.Laid::inside).orElse(UnaryOperator.identity()));
    }
    return laid.map(Templates.Laid::workspace)
        .orElse(workspace)
        .with(submodules.stream().map(Submodules.Known::mirror).distinct().toList());
  }

  /// Keeps what setup has made in a workspace, `.git` apart, for later ones with the same key; does
  /// nothing where none can be laid over it. Only before an agent was in it.
  public void keepSetup(Workspace workspace, String key) {
    var layers = workspace.layers();
    if (templates.isPresent() && layers != null && !workspace.isSetUp()) {
      try {
        templates.get().keepSetup(workspace, layers, key);
      } catch (IOException failed) {
        LOG.warn("event=SetupNotKept folder={}", workspace.folder(), failed);
      }
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
      write(mirror, commit, target);
      for (var one : Submodules.of(mirror, commit, mirrors)) {
        write(one.mirror(), one.commit(), Files.createDirectories(target.resolve(one.path())));
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void write(Mirror mirror, String commit, Path target) throws IOException {
    Path index = target.resolveSibling(NEW + UUID.randomUUID());
    try {
      var at = Map.of("GIT_INDEX_FILE", index.toAbsolutePath().toString());
      String from = "--git-dir=" + mirror.folder();
      String to = "--work-tree=" + target.toAbsolutePath();
      String exact = MirrorReader.object(commit);
      Clones.must(Git.Call.in(target, from, to, "read-tree", exact).with(at));
      Clones.must(Git.Call.in(target, from, to, "checkout-index", "-a", "-q").with(at));
    } finally {
      Files.deleteIfExists(index);
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
      case TakeOut.Taken _, TakeOut.Nothing _ -> leave(workspace, sandbox);
      case TakeOut.Refused(var reason) ->
          LOG.warn("event=WorkspaceKept folder={} reason=\"{}\"", workspace.folder(), reason);
    }
    return kept;
  }

  /// What is to be run in a workspace when it goes, whichever process sees to that; takes the place
  /// of what was said before.
  public void onRemoval(Workspace workspace, List<Errand> errands) {
    try {
      Errands.write(workspace, errands);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// Runs what is to be run before a workspace goes, and removes it. Where a link has taken its
  /// place nothing is run and nothing removed.
  public void leave(Workspace workspace, Sandbox sandbox) throws InterruptedException {
    place(workspace.item(), workspace.generation());
    Errands.run(workspace, sandbox);
    remove(workspace);
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

  /// Removes templates that no workspace is laid over and that were not used since.
  void tidy(Instant before) {
    making.writeLock().lock();
    try {
      var used =
          onDisk().stream()
              .map(Workspace::layers)
              .flatMap(Stream::ofNullable)
              .flatMap(layers -> layers.lower().stream())
              .collect(Collectors.toSet());
      Templates.tidy(data, mirrors, used, before);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } finally {
      making.writeLock().unlock();
    }
  }

  /// A workspace that is on disk.
  public Optional<Workspace> find(String item, int generation) {
    return read(place(item, generation));
  }

  /// What is on disk, for resuming or salvaging at boot; rubbish of a crash is deleted on the way,
  /// so only before anything is created.
  public List<Workspace> list() {
    return list(true);
  }

  /// What is on disk, while others work.
  List<Workspace> onDisk() {
    return list(false);
  }

  /// Those that borrow objects from a mirror.
  List<Workspace> borrowing(Mirror mirror) {
    return onDisk().stream().filter(workspace -> workspace.lenders().contains(mirror)).toList();
  }

  private List<Workspace> list(boolean deleting) {
    var all = new ArrayList<Workspace>();
    try {
      if (!Files.isDirectory(folder)) {
        return List.of();
      }
      for (Path item : Trees.list(folder)) {
        for (Path own : Files.isSymbolicLink(item) ? List.<Path>of() : Trees.list(item)) {
          if (Files.isSymbolicLink(own)) {
            continue;
          }
          if (!own.getFileName().toString().startsWith(NEW)) {
            read(own).ifPresent(all::add);
          } else if (deleting) {
            Trees.delete(own);
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
    Path ofItem = folder.resolve(Within.name(item));
    Path own = ofItem.resolve("g" + generation);
    if (Files.isSymbolicLink(ofItem) || Files.isSymbolicLink(own)) {
      throw new GitException("workspace_outside_root: a link stands where a workspace is: " + own);
    }
    return own;
  }

  private static String record(Workspace workspace) {
    var layers = workspace.layers();
    return "item=%s%ngeneration=%d%nrepository=%s%ncommit=%s%nsubmodules=%s%n%s"
        .formatted(
            workspace.item(),
            workspace.generation(),
            workspace.mirror().repository(),
            workspace.commit(),
            String.join(" ", workspace.submodules().stream().map(Mirror::repository).toList()),
            layers == null
                ? ""
                : "overlay=%s%nlower=%s%n"
                    .formatted(layers.overlay(), String.join(" ", Templates.names(layers))));
  }

  private Optional<Workspace> read(Path own) {
    var record = new Properties();
    try {
      record.load(new StringReader(Files.readString(own.resolve(RECORD))));
      var written =
          new Workspace(
              Within.name(record.getProperty("item")),
              Integer.parseInt(record.getProperty("generation")),
              own,
              mirrors.known(record.getProperty("repository")),
              MirrorReader.object(record.getProperty("commit")),
              words(record, "submodules").stream().map(mirrors::known).toList(),
              null);
      var lower = words(record, "lower");
      return Optional.of(
          lower.isEmpty()
              ? written
              : written.laidOver(
                  Overlay.valueOf(record.getProperty("overlay")),
                  Templates.lower(data, written.mirror(), lower)));
    } catch (IOException | RuntimeException _) {
      return Optional.empty();
    }
  }

  private static List<String> words(Properties record, String key) {
    var text = record.getProperty(key, "");
    return text.isEmpty() ? List.of() : List.of(text.split(" "));
  }
}

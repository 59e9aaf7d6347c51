package dev.millwright.shared.workspace;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// What workspaces are laid over, at `data/templates/<repository>`: whole checkouts by their
/// commit, and what a repository's setup adds by the setup's key. Made once, beside, and moved into
/// place; never written again; no agent sees one but through an overlay.
final class Templates {
  /// Below this many files a clone is as good.
  static final int FROM_FILES = 5_000;

  private static final int MOST_APART = 1_000;
  private static final Duration OLDER = Duration.ofMillis(1_100);
  private static final int MOST_LOOKED_AT = 4;
  private static final String REF = "refs/millwright/templates/";
  private static final String SETUP = "setup-";
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40,64}");
  private static final String NEW = ".new-";

  private final Path data;
  private final Overlay overlay;
  private final int fromFiles;
  private final Map<String, ReentrantLock> makers = new ConcurrentHashMap<>();

  Templates(Path data, Overlay overlay, int fromFiles) {
    this.data = data;
    this.overlay = overlay;
    this.fromFiles = fromFiles;
  }

  /// Nothing where the sandbox or the machine cannot do it.
  static Optional<Templates> where(Sandbox sandbox, Path data, int fromFiles) {
    return sandbox.layers()
        ? Overlay.detect(data).map(overlay -> new Templates(data, overlay, fromFiles))
        : Optional.empty();
  }

  private static Path folder(Path data) {
    return data.toAbsolutePath().normalize().resolve("templates");
  }

  /// Where the checkout of a commit is, or what a setup of this key made.
  private static Path place(Path data, Mirror mirror, String name) {
    return folder(data).resolve(Within.name(mirror.repository())).resolve(name);
  }

  /// The folders below a workspace, by the names its record has for them.
  static List<Path> lower(Path data, Mirror mirror, List<String> names) {
    return names.stream()
        .map(name -> place(data, mirror, Within.name(name)).resolve("files"))
        .toList();
  }

  static List<String> names(Layers layers) {
    return layers.lower().stream().map(Templates::name).toList();
  }

  private static String name(Path files) {
    return files.resolveSibling("").getFileName().toString();
  }

  /// A workspace over a template, and what has to stand before a command that is to see its files
  /// where they are made.
  record Laid(Workspace workspace, UnaryOperator<List<String>> inside) {}

  /// Makes a workspace in a fresh folder, laid over a template, and over what a setup of this key
  /// made before; empty when the commit is too small to need that and nothing is to be set up. It
  /// works where it says once the folder has been moved there.
  Optional<Laid> lay(Workspace workspace, Path fresh, Optional<String> setup) throws IOException {
    var mirror = workspace.mirror();
    var template = template(mirror, workspace.commit(), setup.isPresent() ? 0 : fromFiles);
    if (template.isEmpty()) {
      return Optional.empty();
    }
    var lower = new ArrayList<Path>();
    var made = setup.map(key -> place(data, mirror, SETUP + Within.name(key)));
    if (made.isPresent() && Files.isDirectory(made.get())) {
      Files.setLastModifiedTime(made.get(), FileTime.from(Instant.now()));
      lower.add(made.get().resolve("files"));
    }
    lower.add(template.get().resolve("files"));
    Path files = Files.createDirectory(fresh.resolve("files"));
    var layers = Layers.in(fresh, overlay, lower);
    var laid = new Laid(workspace.laidOver(overlay, lower), words -> layers.around(files, words));
    var exact = template.get().endsWith(workspace.commit());
    refs(workspace, Files.createDirectory(layers.upper().resolve(".git")), exact);
    if (!exact) {
      Clones.must(
          Clones.checkout(files, workspace.commit(), "-B", workspace.branch())
              .around(laid.inside()));
    }
    return Optional.of(laid);
  }

  /// Keeps a copy of what a setup of this key made in a workspace; the first one counts. Nobody may
  /// run in the workspace, and no agent may have.
  void keepSetup(Workspace workspace, Layers layers, String key) throws IOException {
    Path place = place(data, workspace.mirror(), SETUP + Within.name(key));
    if (Files.exists(place)) {
      return;
    }
    Path fresh = Files.createDirectories(place.resolveSibling(NEW + UUID.randomUUID()));
    try {
      var tracked = workspace.mirror().contents(workspace.commit()).keySet();
      Path files = Files.createDirectory(fresh.resolve("files"));
      Trees.copy(
          layers.upper(), files, path -> !path.startsWith(".git") && !tracked.contains("" + path));
      Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException somebodyWasFaster) {
      // Theirs is as good.
    } finally {
      Trees.delete(fresh);
    }
  }

  /// Removes what nobody used since then, and what a crash left half made. Nobody may be making a
  /// workspace meanwhile.
  static void tidy(Path data, Mirrors mirrors, Set<Path> used, Instant before) throws IOException {
    Path folder = folder(data);
    for (Path repository : Files.isDirectory(folder) ? Trees.list(folder) : List.<Path>of()) {
      for (Path template : Trees.list(repository)) {
        boolean half = template.getFileName().toString().startsWith(NEW);
        boolean old = Files.getLastModifiedTime(template).toInstant().isBefore(before);
        if (half || (old && !used.contains(template.resolve("files")))) {
          Path rubbish = repository.resolve(NEW + UUID.randomUUID());
          Files.move(template, rubbish, StandardCopyOption.ATOMIC_MOVE);
          Trees.delete(rubbish);
        }
      }
    }
    for (var mirror : mirrors.all()) {
      for (var ref : mirror.refs(REF)) {
        if (!Files.exists(place(data, mirror, ref.name().substring(REF.length())))) {
          mirror.deleteRef(ref.name());
        }
      }
    }
  }

  private Optional<Path> template(Mirror mirror, String commit, int least) throws IOException {
    Path exact = place(data, mirror, MirrorReader.object(commit));
    var maker = makers.computeIfAbsent(mirror.repository(), _ -> new ReentrantLock());
    maker.lock();
    try {
      var found =
          Files.isDirectory(exact)
              ? Optional.of(exact)
              : near(exact.resolveSibling(""), mirror, commit);
      if (found.isEmpty() && mirror.listFiles(commit).size() >= least) {
        make(mirror, commit, exact);
        found = Optional.of(exact);
      }
      if (found.isPresent()) {
        Files.setLastModifiedTime(found.get(), FileTime.from(Instant.now()));
      }
      return found;
    } finally {
      maker.unlock();
    }
  }

  /// One that differs in few files does as well: they are written into the workspace.
  private static Optional<Path> near(Path own, Mirror mirror, String commit) throws IOException {
    if (!Files.isDirectory(own, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    var times = new HashMap<Path, FileTime>();
    for (Path template : Trees.list(own)) {
      if (COMMIT.matcher(template.getFileName().toString()).matches()) {
        times.put(template, Files.getLastModifiedTime(template));
      }
    }
    return times.entrySet().stream()
        .sorted(Map.Entry.<Path, FileTime>comparingByValue().reversed())
        .limit(MOST_LOOKED_AT)
        .map(Map.Entry::getKey)
        .filter(template ->
            mirror
                .filesApart(template.getFileName().toString(), commit)
                .map(apart -> apart <= MOST_APART)
                .orElse(false))
        .findFirst();
  }

  /// Refs are the workspace's own, so a template has none.
  private static void make(Mirror mirror, String commit, Path place) throws IOException {
    Path fresh = Files.createDirectories(place.resolveSibling(NEW + UUID.randomUUID()));
    try {
      Path files = fresh.resolve("files");
      Clones.make(mirror, commit, files, "--detach");
      Path heads = files.resolve(".git/refs/heads");
      Trees.delete(heads);
      Files.createDirectory(heads);
      // Of a file as young as the index git cannot tell whether it changed since, and reads it.
      LockSupport.parkNanos(OLDER.toNanos());
      Files.setLastModifiedTime(files.resolve(".git/index"), FileTime.from(Instant.now()));
      // What it borrows stays as long as it does.
      mirror.updateRef(REF + commit, commit, mirror.resolve(REF + commit));
      Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Trees.delete(fresh);
    }
  }

  /// The mirror's refs of now, as a clone would have them.
  private static void refs(Workspace workspace, Path git, boolean exact) throws IOException {
    var refs = new StringBuilder(workspace.mirror().refsOfClones());
    if (exact) {
      var head = "refs/heads/" + workspace.branch();
      refs.append(workspace.commit()).append(' ').append(head).append('\n');
      Files.writeString(git.resolve("HEAD"), "ref: " + head + "\n");
    }
    Files.writeString(git.resolve("packed-refs"), refs);
  }
}

package dev.millwright.shared.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// All mirrors of one data directory. The same repository has the same folder and the same lock,
/// however often it is asked for.
public final class Mirrors {
  private static final String SUFFIX = ".git";

  private final Path folder;
  private final Map<String, Remote> remotes = new ConcurrentHashMap<>();

  /// Mirrors live in `data/mirrors`.
  public Mirrors(Path data) {
    this.folder = data.toAbsolutePath().normalize().resolve("mirrors");
  }

  /// The mirror of a repository, from a url or a local path. Nothing is fetched yet.
  public Mirror mirror(String repository, String url) {
    return mirror(repository, Remote.of(url));
  }

  /// As above, with what its server asks for.
  public Mirror mirror(String repository, Remote remote) {
    remotes.put(Within.name(repository), remote);
    return known(repository);
  }

  /// The one with this address, however it ends.
  Optional<Mirror> at(String url) {
    return remotes.entrySet().stream()
        .filter(entry -> bare(entry.getValue().url()).equals(bare(url)))
        .map(entry -> known(entry.getKey()))
        .findFirst();
  }

  private static String bare(String url) {
    return url.replaceAll("/+$", "").replaceAll("\\.git$", "");
  }

  /// Those that are on disk.
  public List<Mirror> all() {
    try {
      return Files.isDirectory(folder)
          ? Trees.list(folder).stream()
              .map(path -> path.getFileName().toString())
              .filter(name -> name.endsWith(SUFFIX) && !name.startsWith("."))
              .map(name -> known(name.substring(0, name.length() - SUFFIX.length())))
              .filter(Mirror::exists)
              .toList()
          : List.of();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// Deletes what a killed process left half made; only before anything is begun.
  void tidy() throws IOException {
    for (Path path : Files.isDirectory(folder) ? Trees.list(folder) : List.<Path>of()) {
      if (path.getFileName().toString().startsWith(".")) {
        Trees.delete(path);
      }
    }
  }

  /// The mirror that is on disk; it can be refreshed only if its address was told before.
  public Mirror known(String repository) {
    Path own = folder.resolve(Within.name(repository) + SUFFIX);
    return new Mirror(repository, own, Optional.ofNullable(remotes.get(repository)));
  }
}

package dev.millwright.shared.workspace;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// All mirrors of one data directory. The same repository has the same folder and the same lock,
/// however often it is asked for.
public final class Mirrors {
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

  /// The mirror that is on disk; it can be refreshed only if its address was told before.
  public Mirror known(String repository) {
    Path own = folder.resolve(Within.name(repository) + ".git");
    return new Mirror(repository, own, Optional.ofNullable(remotes.get(repository)));
  }
}

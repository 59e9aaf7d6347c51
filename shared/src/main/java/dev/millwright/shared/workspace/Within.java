package dev.millwright.shared.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// Keeps names and paths from outside inside the folder they belong to.
public final class Within {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,127}");

  private Within() {}

  /// A name that is safe as one folder, one ref and one control group; refuses everything else.
  public static String name(String name) {
    if (!NAME.matcher(name).matches()
        || name.contains("..")
        || name.endsWith(".")
        || name.endsWith(".lock")) {
      throw new IllegalArgumentException("not a safe name: " + name);
    }
    return name;
  }

  /// The real path of something that exists below `root`, or nothing when it is not there or a link
  /// leads out. The answer holds only while nobody hostile is writing there.
  public static Optional<Path> existing(Path root, String relative) {
    try {
      Path real = root.toRealPath();
      Path found = real.resolve(relative).toRealPath();
      return found.startsWith(real) ? Optional.of(found) : Optional.empty();
    } catch (IOException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// Where something new may be written below `root`: its nearest existing parent is really inside,
  /// and it is no link itself.
  public static Optional<Path> writable(Path root, String relative) {
    try {
      Path real = root.toRealPath();
      Path wanted = real.resolve(relative).normalize();
      if (!wanted.startsWith(real) || wanted.equals(real) || Files.isSymbolicLink(wanted)) {
        return Optional.empty();
      }
      Path parent = wanted.getParent();
      while (parent != null && !Files.exists(parent, LinkOption.NOFOLLOW_LINKS)) {
        parent = parent.getParent();
      }
      return parent != null && parent.toRealPath().startsWith(real)
          ? Optional.of(wanted)
          : Optional.empty();
    } catch (IOException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}

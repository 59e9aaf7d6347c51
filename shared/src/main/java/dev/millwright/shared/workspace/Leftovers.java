package dev.millwright.shared.workspace;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Temporary files of processes that were killed. The machine's folder for such things is shared
/// with others, so only what has one of our names, is ours, is a day old and in nobody's hands.
final class Leftovers {
  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
  private static final Duration AGE = Duration.ofDays(1);
  private static final Pattern IN_DATA =
      Pattern.compile("(?:handover|bundle)-\\d+\\.bundle|incoming-.*\\.tmp");
  private static final Pattern TEMPORARY =
      Pattern.compile("mw-\\d+|millwright-(?:transcript-)?\\d+\\.(?:log|index|bundle)");

  private Leftovers() {}

  static void remove(Path data, Instant now) {
    remove(data, IN_DATA, now);
    remove(Path.of(System.getProperty("java.io.tmpdir")), TEMPORARY, now);
  }

  static void remove(Path folder, Pattern names, Instant now) {
    try {
      for (Path path : Files.isDirectory(folder) ? Trees.list(folder) : List.<Path>of()) {
        if (names.matcher(path.getFileName().toString()).matches() && left(path, now)) {
          Trees.delete(path);
        }
      }
    } catch (IOException kept) {
      LOG.warn("event=LeftoversKept folder={}", folder, kept);
    }
  }

  private static boolean left(Path path, Instant now) throws IOException {
    var changed = Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant();
    return changed.isBefore(now.minus(AGE)) && ours(path) && !listening(path);
  }

  private static boolean ours(Path path) throws IOException {
    return Files.getOwner(path, LinkOption.NOFOLLOW_LINKS)
        .equals(Files.getOwner(Path.of("/proc/self")));
  }

  private static boolean listening(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    for (Path inside : Trees.list(folder)) {
      if (Files.readAttributes(
              inside, java.nio.file.attribute.BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .isOther()) {
        try (var door = SocketChannel.open(StandardProtocolFamily.UNIX)) {
          door.connect(UnixDomainSocketAddress.of(inside));
          return true;
        } catch (IOException refused) {
          // Nobody is behind it any more.
        }
      }
    }
    return false;
  }
}

package dev.millwright.shared.workspace;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;

/// Whole folders that hostile programs have written.
final class Trees {
  /// Paths longer than this are not followed down; the kernel's limit is about four times that.
  private static final int LONGEST = 1_000;

  private Trees() {}

  /// Deletes a folder and all in it, however deep. Links are deleted, never followed; folders that
  /// forbid it are first allowed.
  static void delete(Path path) throws IOException {
    var rest = new ArrayDeque<Path>(List.of(path));
    while (!rest.isEmpty()) {
      Path next = rest.peek();
      int before = rest.size();
      if (Files.isDirectory(next, LinkOption.NOFOLLOW_LINKS)) {
        empty(next, path, rest);
      }
      if (rest.size() == before) {
        Files.deleteIfExists(rest.remove());
      }
    }
  }

  /// What lies too deep is moved up to the top, to be deleted from there.
  private static void empty(Path folder, Path top, Deque<Path> rest) throws IOException {
    for (Path child : children(folder)) {
      if (!Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
        Files.deleteIfExists(child);
      } else if (child.toString().length() > LONGEST) {
        allow(child);
        rest.push(Files.move(child, top.resolve("deep-" + UUID.randomUUID())));
      } else {
        empty(child, top, rest);
        Files.deleteIfExists(child);
      }
    }
  }

  private static List<Path> children(Path folder) throws IOException {
    try {
      if (!Files.isWritable(folder)) {
        allow(folder);
      }
      return list(folder);
    } catch (AccessDeniedException _) {
      allow(folder);
      return list(folder);
    } catch (NoSuchFileException _) {
      return List.of();
    }
  }

  static List<Path> list(Path folder) throws IOException {
    var all = new ArrayList<Path>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(all::add);
    }
    return all;
  }

  private static void allow(Path folder) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
  }
}

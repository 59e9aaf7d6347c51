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
import java.util.function.Predicate;

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

  /// Copies the files and links of a folder that are wanted, by their paths below it, and folders
  /// that are empty. A link is copied as the link it is; what is neither is left out.
  static void copy(Path from, Path to, Predicate<Path> wanted) throws IOException {
    copy(from, from, to, wanted);
  }

  private static void copy(Path root, Path from, Path to, Predicate<Path> wanted)
      throws IOException {
    var inside = list(from);
    if (inside.isEmpty()) {
      Files.createDirectories(to);
    }
    for (Path child : inside) {
      Path copied = to.resolve(child.getFileName());
      if (!wanted.test(root.relativize(child))) {
        continue;
      }
      if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
        copy(root, child, copied, wanted);
      } else if (Files.isSymbolicLink(child)) {
        Files.createDirectories(to);
        Files.createSymbolicLink(copied, Files.readSymbolicLink(child));
      } else if (Files.isRegularFile(child, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectories(to);
        Files.copy(child, copied, LinkOption.NOFOLLOW_LINKS);
        Files.setLastModifiedTime(copied, Files.getLastModifiedTime(child));
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

package dev.millwright.shared.workspace;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/// Whole folders that hostile programs have written.
final class Trees {
  private static final int DEEPEST = 4096;

  private Trees() {}

  /// Deletes a folder and all in it. Links are deleted, never followed; folders that forbid it are
  /// first allowed.
  static void delete(Path path) throws IOException {
    delete(path, 0);
  }

  private static void delete(Path path, int depth) throws IOException {
    if (depth > DEEPEST) {
      throw new IOException("folders nested too deep: " + depth);
    }
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      for (Path child : children(path)) {
        delete(child, depth + 1);
      }
    }
    Files.deleteIfExists(path);
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

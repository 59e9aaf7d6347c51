package dev.millwright.validation.adapter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Looks at trees that hostile programs have written: no link is followed, all reading is bounded.
final class CheckFiles {
  private static final int MOST_TEXT_BYTES = 256 * 1024;
  private static final int DEEPEST = 20;
  private static final int MOST_VISITED = 200_000;
  private static final Set<String> SKIPPED = Set.of("node_modules", ".git", ".gradle");

  private CheckFiles() {}

  /// The start of a file; nothing of what is no file, for opening a pipe would wait for ever.
  static String text(Path file) {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return "";
    }
    try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return new String(in.readNBytes(MOST_TEXT_BYTES), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  /// Reports of tests, in the order of their paths: any `TEST-*.xml`, as Surefire, Failsafe, Gradle
  /// and many others write them.
  static List<Path> reports(Path tree, int most) {
    var found = new ArrayList<Path>();
    var visited = new int[1];
    try {
      Files.walkFileTree(
          tree,
          Set.of(),
          DEEPEST,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes a) {
              return SKIPPED.contains(String.valueOf(folder.getFileName()))
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              var name = String.valueOf(file.getFileName());
              if (attributes.isRegularFile() && name.startsWith("TEST-") && name.endsWith(".xml")) {
                found.add(file);
              }
              return ++visited[0] > MOST_VISITED || found.size() >= most
                  ? FileVisitResult.TERMINATE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      return List.of();
    }
    found.sort(null);
    return found;
  }

  /// Deletes a tree; folders that forbid it are first allowed.
  static void delete(Path tree) {
    if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      Files.walkFileTree(
          tree,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes a)
                throws IOException {
              if (!Files.isWritable(folder)) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes a) throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                Path folder, @org.jspecify.annotations.Nullable IOException e) throws IOException {
              Files.delete(folder);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("a checkout cannot be deleted: " + tree, e);
    }
  }
}

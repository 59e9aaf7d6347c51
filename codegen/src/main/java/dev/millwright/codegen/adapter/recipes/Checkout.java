package dev.millwright.codegen.adapter.recipes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/// The checkout's files as recipes see them: edits are kept in memory and written in one go at the
/// end, so that a recipe that fails half-way leaves nothing behind.
///
/// Nothing is read or written through a symbolic link, in `.git`, or outside the root.
final class Checkout {
  static final long MAX_FILE_BYTES = 2 << 20;
  static final int MAX_FILES = 100_000;

  private final Path root;
  private final Report report;
  private final List<Path> files = new ArrayList<>();

  /// Edited files; an empty value is a deletion.
  private final Map<Path, Optional<byte[]>> edits = new TreeMap<>();

  private Checkout(Path root, Report report) {
    this.root = root;
    this.report = report;
  }

  static Checkout open(Path directory, Report report) throws IOException {
    var checkout = new Checkout(directory.toRealPath(), report);
    checkout.list();
    return checkout;
  }

  /// Regular files, relative to the root and in order, as they are after the edits so far.
  List<Path> files(Predicate<Path> wanted) {
    var all = new TreeSet<>(files);
    edits.forEach((path, content) -> {
      if (content.isPresent()) {
        all.add(path);
      } else {
        all.remove(path);
      }
    });
    return all.stream().filter(wanted).toList();
  }

  /// The file's bytes, or nothing where there is no such file.
  Optional<byte[]> read(Path relative) {
    Path path = inside(relative);
    var edited = edits.get(path);
    if (edited != null) {
      return edited;
    }
    Path file = root.resolve(path);
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        return Optional.empty();
      }
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw new RecipeFailure(path + " is larger than " + MAX_FILE_BYTES + " bytes");
      }
      return Optional.of(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The file as text, or nothing where it is absent or not UTF-8.
  Optional<String> text(Path relative) {
    return read(relative)
        .flatMap(bytes -> {
          try {
            var decoder = StandardCharsets.UTF_8.newDecoder();
            return Optional.of(decoder.decode(ByteBuffer.wrap(bytes)).toString());
          } catch (CharacterCodingException e) {
            report.message(relative + " is not UTF-8 text and is left alone");
            return Optional.empty();
          }
        });
  }

  void write(Path relative, byte[] content) {
    edits.put(inside(relative), Optional.of(content));
  }

  void delete(Path relative) {
    edits.put(inside(relative), Optional.empty());
  }

  /// Writes all edits that differ from what is there, and says what changed.
  List<FileChange> save() throws IOException {
    List<FileChange> changes = new ArrayList<>();
    for (var edit : edits.entrySet()) {
      Path path = inside(edit.getKey());
      Path file = root.resolve(path);
      byte[] before = onDisk(file);
      byte[] after = edit.getValue().orElse(new byte[0]);
      if (edit.getValue().isEmpty()) {
        Files.deleteIfExists(file);
      } else if (Arrays.equals(before, after)) {
        continue;
      } else {
        Files.createDirectories(parentOf(file));
        Files.write(
            file,
            after,
            LinkOption.NOFOLLOW_LINKS,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
      }
      changes.add(FileChange.between(path, before, after));
    }
    return changes;
  }

  /// The path in normal form, refused where it leaves the checkout or goes through a link.
  private Path inside(Path relative) {
    Path path = relative.normalize();
    if (relative.isAbsolute() || path.startsWith("..") || path.toString().isEmpty()) {
      throw new RecipeFailure("path '" + relative + "' is outside the checkout");
    }
    Path step = root;
    for (Path name : path) {
      step = step.resolve(name);
      if (name.toString().equalsIgnoreCase(".git")) {
        throw new RecipeFailure("path '" + relative + "' is inside git's own directory");
      }
      if (Files.isSymbolicLink(step)) {
        throw new RecipeFailure("path '" + relative + "' goes through a symbolic link");
      }
    }
    return path;
  }

  private void list() throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return directory.equals(root) || !isGenerated(directory)
                ? FileVisitResult.CONTINUE
                : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
              add(root.relativize(file), attributes.size());
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            report.message("cannot read " + root.relativize(file) + ": it is left alone");
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private void add(Path path, long size) {
    if (size > MAX_FILE_BYTES) {
      report.message(path + " has " + size + " bytes: too large, it is left alone");
      return;
    }
    files.add(path);
    if (files.size() > MAX_FILES) {
      throw new RecipeFailure("the checkout has more than " + MAX_FILES + " files");
    }
  }

  /// Build output counts as generated only beside its build file: `target` is also a fine name for
  /// a package.
  private static boolean isGenerated(Path directory) {
    Path parent = parentOf(directory);
    return switch (String.valueOf(directory.getFileName())) {
      case ".git", "node_modules", ".gradle" -> true;
      case "target" -> Files.exists(parent.resolve("pom.xml"));
      case "build" ->
          Files.exists(parent.resolve("build.gradle"))
              || Files.exists(parent.resolve("build.gradle.kts"));
      default -> false;
    };
  }

  private static byte[] onDisk(Path file) throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        ? Files.readAllBytes(file)
        : new byte[0];
  }

  private static Path parentOf(Path path) {
    Path parent = path.getParent();
    return parent == null ? path : parent;
  }
}

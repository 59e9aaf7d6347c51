package dev.millwright.shared.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/// Remembers in the data directory where workspaces are, so that what a crash left is found when
/// the settings name another folder by the next start.
public final class WorkspaceFolders {
  private static final String NOTE = "workspace-folders";

  private WorkspaceFolders() {}

  /// Notes a folder, before anything is put there.
  ///
  /// @return others that may still hold something
  public static List<Path> enter(Path data, Path folder) throws IOException {
    var now = folder.toAbsolutePath().normalize();
    var usual = data.toAbsolutePath().normalize().resolve("workspaces");
    var others =
        Stream.concat(noted(data), Stream.of(usual))
            .distinct()
            .filter(it -> !it.equals(now) && Files.isDirectory(it, LinkOption.NOFOLLOW_LINKS))
            .toList();
    write(data, Stream.concat(others.stream(), Stream.of(now)).toList());
    return others;
  }

  /// Nothing is left anywhere but in this one.
  public static void only(Path data, Path folder) throws IOException {
    write(data, List.of(folder.toAbsolutePath().normalize()));
  }

  private static Stream<Path> noted(Path data) throws IOException {
    var note = data.resolve(NOTE);
    return Files.isRegularFile(note)
        ? Files.readAllLines(note).stream().filter(it -> !it.isBlank()).map(Path::of)
        : Stream.of();
  }

  private static void write(Path data, List<Path> folders) throws IOException {
    var fresh = Files.createTempFile(Files.createDirectories(data), NOTE, ".new");
    Files.write(fresh, folders.stream().map(Path::toString).toList());
    Files.move(fresh, data.resolve(NOTE), StandardCopyOption.ATOMIC_MOVE);
  }
}

package dev.millwright.shared.workspace;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether a run fills the disk: by writing more than its limit, or by leaving so little free that
/// the factory itself would suffer, which also catches what is hidden from view (deleted files that
/// are still open, folders nobody can read).
///
/// Asking the file system how much is free costs nothing and is done at each look. The folders are
/// walked when enough is gone since the last walk that it may have been this run, and now and then
/// all the same, for others may free what it takes.
final class DiskWatch {
  private static final long LEAST_FREE_BYTES = 1L << 30;
  private static final int LEAST_FREE_PART = 50;
  private static final int WALKS_TO_LIMIT = 16;
  private static final int LOOKS_TO_WALK = 30;
  private static final long SMALLEST_BYTES = 4096;
  private static final int FILE_TOO_LARGE = 128 + 25;

  /// How far the kernel's time of a file may be behind the clock: a tick at most.
  private static final long TICK_MILLIS = 10;

  private final List<Path> folders;
  private final long limit;
  private final FileTime start = FileTime.fromMillis(System.currentTimeMillis() - TICK_MILLIS);
  private final Set<FileStore> stores = new LinkedHashSet<>();
  private final long freeAtStart;
  private long freeAtWalk;
  private int looks;

  /// @param folders what the run can write to
  DiskWatch(List<Path> folders, long limit) {
    this.folders = List.copyOf(folders);
    this.limit = limit;
    for (Path folder : folders) {
      try {
        stores.add(Files.getFileStore(folder));
      } catch (IOException _) {
        // Not there, so nothing can be written to it.
      }
    }
    this.freeAtStart = free();
    this.freeAtWalk = freeAtStart;
  }

  /// Why the run must end, if it must.
  Optional<String> overfull() {
    if (stores.stream().anyMatch(DiskWatch::nearlyFull)) {
      return Optional.of("the disk was nearly full");
    }
    long free = free();
    if (++looks % LOOKS_TO_WALK != 0 && freeAtWalk - free < limit / WALKS_TO_LIMIT) {
      return Optional.empty();
    }
    freeAtWalk = free;
    return written() > limit
        ? Optional.of("wrote more than " + words(limit) + " to disk")
        : Optional.empty();
  }

  /// A run that the kernel ended at the largest file it may write.
  Exit judge(Exit exit) {
    return exit instanceof Exit.Finished(int code, var output, Duration took)
            && code == FILE_TOO_LARGE
        ? new Exit.DiskExceeded("wrote a file larger than " + words(limit), output, took)
        : exit;
  }

  private static String words(long bytes) {
    return bytes >= 1L << 30 ? (bytes >> 30) + " GiB" : (bytes >> 20) + " MiB";
  }

  private static boolean nearlyFull(FileStore store) {
    try {
      long least = Math.min(LEAST_FREE_BYTES, store.getTotalSpace() / LEAST_FREE_PART);
      return store.getUsableSpace() < least;
    } catch (IOException _) {
      return false;
    }
  }

  private long free() {
    long free = 0;
    for (var store : stores) {
      try {
        free += store.getUsableSpace();
      } catch (IOException _) {
        // Then it is watched by the limit on single files only.
      }
    }
    return free;
  }

  /// Bytes of all that was written since the start; where something cannot be looked into, all that
  /// is gone from the disk.
  private long written() {
    var walk = new Walk();
    for (Path folder : folders) {
      try {
        Files.walkFileTree(folder, walk);
      } catch (IOException _) {
        walk.hidden = true;
      }
    }
    return walk.hidden ? Math.max(walk.bytes, freeAtStart - freeAtWalk) : walk.bytes;
  }

  /// Follows no link. A program can say any time for its last change, but not for the inode's.
  private final class Walk extends SimpleFileVisitor<Path> {
    private long bytes;
    private boolean hidden;

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      return visitFile(folder, attributes);
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (attributes.lastModifiedTime().compareTo(start) >= 0
          || changed(file).compareTo(start) >= 0) {
        bytes += Math.max(SMALLEST_BYTES, attributes.size());
      }
      return bytes > limit ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failed) {
      // Deleted while we looked, most of the time.
      hidden |= !Files.notExists(file, LinkOption.NOFOLLOW_LINKS);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failed) {
      hidden |= failed != null && !Files.notExists(folder, LinkOption.NOFOLLOW_LINKS);
      return FileVisitResult.CONTINUE;
    }

    private FileTime changed(Path file) throws IOException {
      try {
        return (FileTime) Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
      } catch (NoSuchFileException _) {
        return FileTime.fromMillis(0);
      }
    }
  }
}

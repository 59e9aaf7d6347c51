package dev.millwright.triage.adapter.folder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A directory: plain files directly in it. Links are not followed.
record DirectoryDrawer(Path folder) implements Drawer {
  private static final int TRIES = 5;

  /// What else tells one state of a file from another.
  private record Version(long size, @Nullable Object key) {}

  @Override
  public Map<String, Stamp> list() throws IOException {
    var found = new HashMap<String, Stamp>();
    try (var files = Files.newDirectoryStream(folder, "*" + ENDING)) {
      for (var file : files) {
        var name = file.getFileName().toString();
        var id = name.substring(0, name.length() - ENDING.length());
        if (!Drawer.isMeant(id)) {
          continue;
        }
        stamp(id).ifPresent(stamp -> found.put(id, stamp));
        if (found.size() > MOST_FILES) {
          throw new FileSystemException(
              folder.toString(), null, "it has more than " + MOST_FILES + " tickets");
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return found;
  }

  private Optional<Stamp> stamp(String id) throws IOException {
    try {
      var file =
          Files.readAttributes(file(id), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return file.isRegularFile()
          ? Optional.of(
              new Stamp(
                  file.lastModifiedTime().toInstant(), new Version(file.size(), file.fileKey())))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<Found> read(String id) throws IOException {
    var stamp = Drawer.isTicket(id) ? stamp(id) : Optional.<Stamp>empty();
    if (stamp.isEmpty()) {
      return Optional.empty();
    }
    if (((Version) stamp.get().version()).size() > MOST_BYTES) {
      throw new FileSystemException(id + ENDING, null, "larger than " + MOST_BYTES / 1024 + " KiB");
    }
    try (var in = Files.newInputStream(file(id), LinkOption.NOFOLLOW_LINKS)) {
      var bytes = in.readNBytes(MOST_BYTES);
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return Optional.of(new Found(text, stamp.get()));
    } catch (CharacterCodingException e) {
      throw new FileSystemException(id + ENDING, null, "not UTF-8");
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean edit(String id, String why, UnaryOperator<String> change) throws IOException {
    for (var tries = 0; tries < TRIES; tries++) {
      var found = read(id);
      if (found.isEmpty()) {
        return false;
      }
      var text = change.apply(found.get().text());
      if (text.equals(found.get().text()) || replace(id, found.get().stamp(), text)) {
        return true;
      }
    }
    throw new FileSystemException(id + ENDING, null, "it changes too often to be written to");
  }

  private boolean replace(String id, Stamp before, String text) throws IOException {
    var fresh = Files.createTempFile(folder, "." + id + "-", ".tmp");
    try {
      try (var out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        for (var bytes = StandardCharsets.UTF_8.encode(text); bytes.hasRemaining(); ) {
          var _ = out.write(bytes);
        }
        out.force(true);
      }
      keepPermissions(file(id), fresh);
      if (!stamp(id).equals(Optional.of(before))) {
        return false;
      }
      Files.move(fresh, file(id), StandardCopyOption.ATOMIC_MOVE);
      return true;
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static void keepPermissions(Path from, Path to) throws IOException {
    var before =
        Files.getFileAttributeView(from, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    var after = Files.getFileAttributeView(to, PosixFileAttributeView.class);
    if (before != null && after != null) {
      after.setPermissions(
          before.readAttributes().permissions().stream().collect(Collectors.toSet()));
    }
  }

  private Path file(String id) {
    return folder.resolve(id + ENDING);
  }
}

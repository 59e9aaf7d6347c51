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
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The directory itself: plain files directly in it, by the names of their tickets. Links are not
/// followed, names and sizes are bounded, and a file is replaced whole.
record Drawer(Path folder) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final String ENDING = ".md";
  private static final int MOST_FILES = 20_000;
  private static final int MOST_BYTES = 256 * 1024;
  private static final int TRIES = 5;

  /// What tells one state of a file from another.
  record Stamp(FileTime modified, long size, @Nullable Object key) {}

  /// A file as it was at one moment.
  record Found(String text, Stamp stamp) {}

  /// All files with the name of a ticket.
  Map<String, Stamp> list() throws IOException {
    var found = new HashMap<String, Stamp>();
    try (var files = Files.newDirectoryStream(folder, "*" + ENDING)) {
      for (var file : files) {
        var name = file.getFileName().toString();
        var id = name.substring(0, name.length() - ENDING.length());
        if (!isTicket(id)) {
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

  /// A README explains a folder and asks for nothing.
  static boolean isTicket(String id) {
    return NAME.matcher(id).matches() && !id.equalsIgnoreCase("readme");
  }

  Optional<Stamp> stamp(String id) throws IOException {
    try {
      var file =
          Files.readAttributes(file(id), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return file.isRegularFile()
          ? Optional.of(new Stamp(file.lastModifiedTime(), file.size(), file.fileKey()))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /// The file of a ticket; empty when there is none.
  Optional<Found> read(String id) throws IOException {
    var stamp = isTicket(id) ? stamp(id) : Optional.<Stamp>empty();
    if (stamp.isEmpty()) {
      return Optional.empty();
    }
    if (stamp.get().size() > MOST_BYTES) {
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

  /// Changes a file's text at once or not at all; what somebody writes meanwhile is not lost but
  /// read again first.
  ///
  /// @return whether there is such a file
  boolean edit(String id, UnaryOperator<String> change) throws IOException {
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

package dev.millwright.app;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One process at a time holds a data directory; the lock goes with the process, however it ends.
record DataLock(FileChannel channel) implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DataLock.class);
  private static final String LOCK = "factory.lock";

  static DataLock take(Path data) throws FactoryRunner.CannotStart, IOException {
    try {
      Files.createDirectories(data);
    } catch (IOException e) {
      throw unusable(data, "cannot be made: it, or what it is in, is no folder to write in");
    }
    if (isEverybodys(data)) {
      throw unusable(data, "is everybody's, and others' things are in it");
    }
    keepToOurselves(data);
    FileChannel channel;
    try {
      channel =
          FileChannel.open(data.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (AccessDeniedException e) {
      throw unusable(data, "cannot be written to by this user");
    }
    try {
      if (channel.tryLock() != null) {
        return new DataLock(channel);
      }
    } catch (OverlappingFileLockException e) {
      // another factory in this very process: the same answer
    }
    channel.close();
    throw new FactoryRunner.CannotStart(
        "Another factory holds the data directory " + data + ".",
        "Stop it, or choose another directory with --data.");
  }

  private static FactoryRunner.CannotStart unusable(Path data, String why) {
    return new FactoryRunner.CannotStart(
        "The data directory " + data + " " + why + ".",
        "Name a folder of the factory's own with --data, or as `data` in the settings.");
  }

  /// Such as `/tmp`, which must not be shut to others. One that a factory has used is its own.
  private static boolean isEverybodys(Path data) throws IOException {
    var view = Files.getFileAttributeView(data, PosixFileAttributeView.class);
    if (view == null
        || !view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_WRITE)
        || Files.exists(data.resolve(LOCK))) {
      return false;
    }
    try (var content = Files.newDirectoryStream(data)) {
      return content.iterator().hasNext();
    }
  }

  /// What agents made lies in there, with any mode: a program that takes its owner's rights, say.
  private static void keepToOurselves(Path data) {
    try {
      Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException notOurs) {
      LOG.warn("event=DataOpen folder={} who may look in is up to its owner", data, notOurs);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

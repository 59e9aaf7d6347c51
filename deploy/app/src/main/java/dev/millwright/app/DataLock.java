package dev.millwright.app;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One process at a time holds a data directory; the lock goes with the process, however it ends.
record DataLock(FileChannel channel) implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DataLock.class);

  static DataLock take(Path data) throws FactoryRunner.CannotStart, IOException {
    Files.createDirectories(data);
    keepToOurselves(data);
    var channel =
        FileChannel.open(
            data.resolve("factory.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
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

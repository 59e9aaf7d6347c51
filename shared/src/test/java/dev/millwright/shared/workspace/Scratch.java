package dev.millwright.shared.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Folders for tests, in memory where the machine has such a place.
final class Scratch implements AutoCloseable {
  private final Path folder;

  Scratch() {
    Path memory = Path.of("/dev/shm");
    try {
      Path made =
          Files.isWritable(memory)
              ? Files.createTempDirectory(memory, "millwright-test")
              : Files.createTempDirectory("millwright-test");
      folder = made.toRealPath();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  Path folder() {
    return folder;
  }

  Path make(String name) {
    try {
      return Files.createDirectories(folder.resolve(name));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() {
    try {
      Trees.delete(folder);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}

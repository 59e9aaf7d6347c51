package dev.millwright.shared.journal;

import dev.millwright.shared.workitem.ArtifactRef;
import dev.millwright.shared.workitem.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Optional;

/// Artifacts as files named by their hash, in 256 folders.
///
/// Written aside, forced to disk, then renamed: a crash leaves a stray temporary file, never half
/// an artifact.
public record FileArtifacts(Path root) implements Artifacts {
  private static final int BUFFER_BYTES = 1 << 16;

  @Override
  public ArtifactRef put(Path file, String mediaType) throws IOException {
    try (var content = Files.newInputStream(file)) {
      return put(content, mediaType);
    }
  }

  @Override
  public ArtifactRef put(InputStream content, String mediaType) throws IOException {
    var incoming = Files.createDirectories(root.resolve("incoming"));
    var aside = Files.createTempFile(incoming, "", "");
    try {
      var digest = Sha256.digest();
      var length = 0L;
      try (var out = FileChannel.open(aside, StandardOpenOption.WRITE)) {
        var buffer = new byte[BUFFER_BYTES];
        for (var read = content.read(buffer); read >= 0; read = content.read(buffer)) {
          digest.update(buffer, 0, read);
          writeFully(out, ByteBuffer.wrap(buffer, 0, read));
          length += read;
        }
        out.force(true);
      }
      var name = HexFormat.of().formatHex(digest.digest());
      Files.createDirectories(folder(name));
      Files.move(aside, path(name), StandardCopyOption.ATOMIC_MOVE);
      force(folder(name));
      force(root);
      return new ArtifactRef(name, length, mediaType);
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  @Override
  public Optional<InputStream> open(String sha256) throws IOException {
    if (!sha256.matches("[0-9a-f]{64}")) {
      return Optional.empty();
    }
    try {
      var content = Files.newInputStream(path(sha256));
      return Optional.of(new CheckedContent(content, Sha256.digest(), sha256));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /// A new name is on disk once its folder is.
  private static void force(Path folder) throws IOException {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private Path folder(String name) {
    return root.resolve(name.substring(0, 2));
  }

  private Path path(String name) {
    return folder(name).resolve(name);
  }

  private static void writeFully(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }
}

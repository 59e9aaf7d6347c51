package dev.millwright.shared.journal;

import dev.millwright.shared.workitem.ArtifactRef;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/// The content-addressed store for what is too large for the journal; everything is streamed.
///
/// Putting the same content twice keeps it once. What `put` returned is on disk for good.
public interface Artifacts {
  ArtifactRef put(InputStream content, String mediaType) throws IOException;

  ArtifactRef put(Path file, String mediaType) throws IOException;

  default ArtifactRef put(String text, String mediaType) throws IOException {
    try (var bytes = new java.io.ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))) {
      return put(bytes, mediaType);
    }
  }

  /// Opens the content, empty when there is none by that name. Reading damaged content to its end
  /// fails.
  Optional<InputStream> open(String sha256) throws IOException;
}

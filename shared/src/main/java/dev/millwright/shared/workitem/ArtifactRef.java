package dev.millwright.shared.workitem;

/// A large thing kept outside the journal, named by the hash of its content.
public record ArtifactRef(String sha256, long bytes, String mediaType) {
  public ArtifactRef {
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("an artifact is named by 64 hex digits, got " + sha256);
    }
  }
}

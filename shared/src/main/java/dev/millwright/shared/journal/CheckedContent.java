package dev.millwright.shared.journal;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/// Content that must have a certain hash: who reads damaged content to its end gets an exception
/// instead of the end.
final class CheckedContent extends FilterInputStream {
  private final MessageDigest digest;
  private final String sha256;
  private boolean checked;

  CheckedContent(InputStream content, MessageDigest digest, String sha256) {
    super(content);
    this.digest = digest;
    this.sha256 = sha256;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    var read = super.read(buffer, offset, length);
    if (read >= 0) {
      digest.update(buffer, offset, read);
    } else if (!checked) {
      checked = true;
      if (!HexFormat.of().formatHex(digest.digest()).equals(sha256)) {
        throw new IOException("the artifact " + sha256 + " is damaged: its content changed");
      }
    }
    return read;
  }

  /// By reading, so that what is skipped is part of the hash.
  @Override
  public long skip(long bytes) throws IOException {
    return Math.max(0, read(new byte[Math.clamp(bytes, 0, 1 << 16)]));
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}

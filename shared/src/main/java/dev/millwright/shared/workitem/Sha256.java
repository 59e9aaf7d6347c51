package dev.millwright.shared.workitem;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The one hash Millwright uses: for ids, artifacts and the audit chain.
public final class Sha256 {
  private Sha256() {}

  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  public static byte[] of(byte[] bytes) {
    return digest().digest(bytes);
  }
}

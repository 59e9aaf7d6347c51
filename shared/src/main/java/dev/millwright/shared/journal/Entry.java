package dev.millwright.shared.journal;

import dev.millwright.shared.workitem.Sha256;
import dev.millwright.shared.workitem.WorkItemEvent;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/// One event as the journal holds it: its bytes, and the hash of the entry before it.
///
/// Encoded once, here: the bytes that are hashed are the bytes that are stored, so that the chain
/// can be verified from the database's rows alone.
@SuppressWarnings("ArrayRecordComponent") // Compared by its bytes: see equals.
public record Entry(WorkItemEvent event, String name, byte[] previous, byte[] body) {
  static final int HASH_BYTES = 32;

  /// What the first entry of an item points to.
  public static byte[] start() {
    return new byte[HASH_BYTES];
  }

  /// An event whose text is no Unicode is mended, so that what is in memory is what is read back.
  public static Entry of(byte[] previous, WorkItemEvent event) {
    var name = EventNames.of(event);
    try {
      return new Entry(event, name, previous, Codec.encode(event));
    } catch (UncheckedIOException e) {
      var body = Codec.encodeMending(event);
      return new Entry(Codec.decode(name, body), name, previous, body);
    }
  }

  public static Entry read(String name, byte[] stored) {
    var body = Arrays.copyOfRange(stored, HASH_BYTES, stored.length);
    return new Entry(Codec.decode(name, body), name, Arrays.copyOf(stored, HASH_BYTES), body);
  }

  byte[] stored() {
    var bytes = Arrays.copyOf(previous, HASH_BYTES + body.length);
    System.arraycopy(body, 0, bytes, HASH_BYTES, body.length);
    return bytes;
  }

  public byte[] hash() {
    var digest = Sha256.digest();
    digest.update(previous);
    digest.update(name.getBytes(StandardCharsets.UTF_8));
    return digest.digest(body);
  }

  public static String hex(byte[] hash) {
    return HexFormat.of().formatHex(hash);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Entry(_, var otherName, var otherPrevious, var otherBody)
        && name.equals(otherName)
        && Arrays.equals(previous, otherPrevious)
        && Arrays.equals(body, otherBody);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(body);
  }

  @Override
  public String toString() {
    return name;
  }
}

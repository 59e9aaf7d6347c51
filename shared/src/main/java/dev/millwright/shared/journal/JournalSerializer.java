package dev.millwright.shared.journal;

import org.apache.pekko.serialization.SerializerWithStringManifest;

/// Stores an entry as 32 bytes of chain and the event's CBOR; the manifest is the wire name.
public final class JournalSerializer extends SerializerWithStringManifest {
  private static final int IDENTIFIER = 742_001;

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object object) {
    return ((Entry) object).name();
  }

  @Override
  public byte[] toBinary(Object object) {
    return ((Entry) object).stored();
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) {
    return Entry.read(manifest, bytes);
  }
}

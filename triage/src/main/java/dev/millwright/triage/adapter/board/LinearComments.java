package dev.millwright.triage.adapter.board;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// The ids of our comments on Linear, which takes them from who writes: made of ticket and topic,
/// the second half of the first one, so that the same topic finds the same comment, and that a
/// comment is ours can be seen from its id alone.
final class LinearComments {
  private LinearComments() {}

  /// A version 4 id that the same ticket and topic always give.
  static String id(String ticket, String topic) {
    var hash = hash(ticket + " " + topic).getMostSignificantBits();
    return sealed(ticket, (hash & ~0xF000L) | 0x4000L).toString();
  }

  static boolean isOurs(String ticket, String comment) {
    try {
      var id = UUID.fromString(comment);
      return id.equals(sealed(ticket, id.getMostSignificantBits()));
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static UUID sealed(String ticket, long half) {
    return new UUID(half, hash(ticket + " " + half).getLeastSignificantBits());
  }

  private static UUID hash(String name) {
    return UUID.nameUUIDFromBytes(("millwright " + name).getBytes(StandardCharsets.UTF_8));
  }
}

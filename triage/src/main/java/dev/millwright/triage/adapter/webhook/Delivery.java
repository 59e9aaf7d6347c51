package dev.millwright.triage.adapter.webhook;

import dev.millwright.shared.workitem.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A verified delivery as it is kept.
///
/// @param id made of the webhook and what names the delivery there, so that the same one sent again
///   is the same
/// @param source the kind of webhook it came by
/// @param event as the provider calls it
record Delivery(
    String id,
    String hook,
    String source,
    String event,
    Letter letter,
    Instant receivedAt,
    Standing standing) {

  /// Where it stands.
  ///
  /// @param attempts how often it was begun
  /// @param judgedAt when it was last decided what becomes of it
  record Standing(
      Status status,
      Instant dueAt,
      int attempts,
      Verdict verdict,
      String rule,
      String reason,
      List<String> items,
      Instant judgedAt) {
    Standing {
      items = List.copyOf(items);
    }

    static Standing fresh(Instant now) {
      return new Standing(Status.NEW, now, 0, Verdict.NONE, "", "", List.of(), Instant.EPOCH);
    }

    static Standing done(Instant now, Verdict verdict, String rule, String reason) {
      return new Standing(Status.DONE, now, 0, verdict, rule, reason, List.of(), now);
    }

    static Standing dead(Instant now, int attempts, String reason) {
      return new Standing(Status.DEAD, now, attempts, Verdict.FAILED, "", reason, List.of(), now);
    }

    Standing later(Instant at, int tries, String why) {
      return new Standing(Status.NEW, at, tries, verdict, rule, why, items, judgedAt);
    }
  }

  /// What is still to be done about it.
  enum Status {
    NEW,
    DONE,
    /// Given up; kept, and can be replayed.
    DEAD;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What became of it, the strongest last.
  enum Verdict {
    NONE,
    /// Understood, and nothing is to be done.
    NOTHING,
    /// It would be work, and its rule made enough of it for now.
    LIMITED,
    /// A board was asked to look.
    REFRESHED,
    /// Said to an item.
    SAID,
    /// There is an item for it.
    WORK,
    /// Nothing came of it, by mistake.
    FAILED;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static String idOf(String hook, String named) {
    var name = (hook + "\n" + named).getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(Sha256.of(name), 0, 8);
  }

  /// What names a delivery that has no name: its content.
  static String hash(byte[] body) {
    return "sha256:" + HexFormat.of().formatHex(Sha256.of(body));
  }

  Delivery with(Standing now) {
    return new Delivery(id, hook, source, event, letter, receivedAt, now);
  }

  /// Only what is needed to read it again.
  static Letter kept(Letter letter, Provider provider) {
    var headers = new java.util.HashMap<String, String>();
    for (var name : provider.headers()) {
      var value = letter.header(name);
      if (!value.isEmpty()) {
        headers.put(name, value.substring(0, Math.min(value.length(), 200)));
      }
    }
    headers.put("content-type", letter.header("content-type"));
    return new Letter(Map.copyOf(headers), letter.body());
  }
}

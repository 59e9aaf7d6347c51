package dev.millwright.triage.adapter.board;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// The line that shows which of our comments says what: nobody sees it, and a comment has it as its
/// very beginning or is not ours, because whoever quotes one puts a `>` before it. Who wrote the
/// comment has to be asked besides.
final class Marker {
  private Marker() {}

  static String of(String topic) {
    return "<!-- millwright:" + URLEncoder.encode(topic, StandardCharsets.UTF_8) + " -->";
  }

  /// A comment on a topic as it is sent.
  static String mark(String topic, String markdown) {
    return of(topic) + "\n" + markdown;
  }

  /// What people read of a comment on a topic.
  static String unmarked(String topic, String body) {
    return body.substring(of(topic).length()).strip();
  }

  /// A list of links with one more; as it is if that address is there.
  static String linked(String before, String title, URI address) {
    var target = "](<" + address + ">)";
    if (before.contains(target)) {
      return before;
    }
    var line = "- [" + title.replaceAll("[\\[\\]\\\\<>\\p{Cntrl}]", " ") + target;
    return before.isEmpty() ? line : before + "\n" + line;
  }

  /// Whether a comment says of itself that the factory wrote it.
  static boolean isOnAny(String body) {
    return body.startsWith("<!-- millwright:");
  }

  static boolean isOn(String topic, String body) {
    return body.startsWith(of(topic));
  }
}

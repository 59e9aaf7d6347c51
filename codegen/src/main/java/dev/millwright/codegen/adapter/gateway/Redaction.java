package dev.millwright.codegen.adapter.gateway;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

/// Takes secrets out of what passes by in pieces, also where two pieces share one.
final class Redaction {
  private static final String INSTEAD = "[secret]";
  private static final int CHARACTER = 4;

  private final List<String> secrets;
  private final int longest;
  private String rest = "";

  Redaction(Collection<String> secrets) {
    this.secrets = secrets.stream().filter(secret -> !secret.isBlank()).toList();
    this.longest = this.secrets.stream().mapToInt(String::length).reduce(CHARACTER, Math::max);
  }

  /// What is there whole.
  String all(byte[] bytes) {
    return without(new String(bytes, StandardCharsets.UTF_8));
  }

  /// What can be told already of all that has passed.
  String passed(byte[] bytes, int length) {
    var known = without(rest + new String(bytes, 0, length, StandardCharsets.ISO_8859_1));
    int end = Math.max(0, known.length() - longest + 1);
    while (end > 0 && end < known.length() && (known.charAt(end) & 0xC0) == 0x80) {
      end--; // in the middle of a character of several bytes
    }
    rest = known.substring(end);
    return text(known.substring(0, end));
  }

  /// What was held back.
  String ended() {
    var last = text(rest);
    rest = "";
    return last;
  }

  private String without(String text) {
    var clean = text;
    for (var secret : secrets) {
      clean = clean.replace(secret, INSTEAD);
    }
    return clean;
  }

  private static String text(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}

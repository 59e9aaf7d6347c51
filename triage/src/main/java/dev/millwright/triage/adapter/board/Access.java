package dev.millwright.triage.adapter.board;

import dev.millwright.shared.settings.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// Where a provider is and how it knows us.
///
/// @param kind begins every code of a fault
/// @param base without a slash at its end
/// @param headers sent with every question; the only place a secret goes to
/// @param secrets what no text may show
record Access(String kind, URI base, Map<String, String> headers, List<Secret> secrets) {
  private static final int MOST_BYTES = 1_000;

  Access {
    headers = Map.copyOf(headers);
    secrets = List.copyOf(secrets);
  }

  /// Headers hold the secret, so they are not shown.
  @Override
  public String toString() {
    return kind + " at " + base;
  }

  /// Text from outside as it may be shown: without secrets, on one line, at most 1,000 bytes.
  String shown(String text) {
    var hidden = text;
    for (var secret : secrets) {
      if (!secret.isEmpty()) {
        hidden = hidden.replace(secret.reveal(), "(hidden)");
      }
    }
    var line = hidden.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    var bytes = line.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= MOST_BYTES) {
      return line;
    }
    var cut = MOST_BYTES;
    while ((bytes[cut] & 0xC0) == 0x80) {
      cut--; // Not inside a character.
    }
    return new String(bytes, 0, cut, StandardCharsets.UTF_8);
  }
}

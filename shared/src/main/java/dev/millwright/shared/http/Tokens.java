package dev.millwright.shared.http;

import dev.millwright.shared.workitem.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The tokens people and programs show, by name; only their hashes are kept in memory.
///
/// A token comes as `Authorization: Bearer …`, or as the password of `Basic`, which every tool can
/// send.
public final class Tokens {
  private final Map<String, byte[]> hashes;

  /// @param secrets each token's secret by its holder's name
  public Tokens(Map<String, String> secrets) {
    if (secrets.values().stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("a token must not be blank");
    }
    this.hashes =
        secrets.entrySet().stream()
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, it -> hash(it.getValue())));
  }

  public static Tokens none() {
    return new Tokens(Map.of());
  }

  public boolean isEmpty() {
    return hashes.isEmpty();
  }

  /// The name of the holder, empty for a token nobody gave out.
  public Optional<String> holder(String authorization) {
    var shown = secret(authorization);
    if (shown.isEmpty()) {
      return Optional.empty();
    }
    var hash = hash(shown.get());
    var found = Optional.<String>empty();
    for (var entry : hashes.entrySet()) {
      // no early end: the time taken must not tell how close a guess was
      if (MessageDigest.isEqual(entry.getValue(), hash)) {
        found = Optional.of(entry.getKey());
      }
    }
    return found;
  }

  private static Optional<String> secret(String authorization) {
    var space = authorization.indexOf(' ');
    if (space < 0) {
      return Optional.empty();
    }
    var rest = authorization.substring(space + 1).trim();
    return switch (authorization.substring(0, space).toLowerCase(Locale.ROOT)) {
      case "bearer" -> Optional.of(rest);
      case "basic" -> password(rest);
      default -> Optional.empty();
    };
  }

  private static Optional<String> password(String credentials) {
    try {
      var plain = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
      var colon = plain.indexOf(':');
      return colon < 0 ? Optional.empty() : Optional.of(plain.substring(colon + 1));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static byte[] hash(String secret) {
    return Sha256.of(secret.getBytes(StandardCharsets.UTF_8));
  }
}

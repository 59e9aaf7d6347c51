package dev.millwright.shared.http;

import dev.millwright.shared.workitem.Sha256;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The tokens people and programs show, by name; only their hashes are kept in memory. Those of the
/// settings may do everything, those of the data directory what their role allows.
///
/// A token comes as `Authorization: Bearer …`, or as the password of `Basic`, which every tool can
/// send.
public final class Tokens {
  private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);
  private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

  private final List<Known> configured;
  private final @Nullable TokenFile file;
  private List<Known> made = List.of();
  private Object version = "unread";
  private long readAt;

  private record Known(Caller caller, String sha256) {}

  /// @param secrets each token's secret by its holder's name
  /// @param file where further ones are kept, `null` for nowhere
  public Tokens(Map<String, String> secrets, @Nullable TokenFile file) {
    if (secrets.values().stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("a token must not be blank");
    }
    this.configured =
        secrets.entrySet().stream()
            .map(it -> new Known(Caller.holder(it.getKey(), Role.ADMIN), hash(it.getValue())))
            .toList();
    this.file = file;
  }

  public Tokens(Map<String, String> secrets) {
    this(secrets, null);
  }

  public static Tokens none() {
    return new Tokens(Map.of());
  }

  /// Whether nobody is asked; the first token closes the door at once.
  public boolean isEmpty() {
    return all(false).isEmpty() && all(true).isEmpty();
  }

  /// The holder, empty for a token nobody gave out.
  Optional<Caller> holder(String authorization) {
    return secret(authorization)
        .map(Tokens::hash)
        .flatMap(shown -> find(all(false), shown).or(() -> find(all(true), shown)));
  }

  private static Optional<Caller> find(List<Known> known, String shown) {
    var found = Optional.<Caller>empty();
    for (var each : known) {
      // no early end: the time taken must not tell how close a guess was
      if (MessageDigest.isEqual(bytes(each.sha256()), bytes(shown))) {
        found = Optional.of(each.caller());
      }
    }
    return found;
  }

  /// @param now even if it was read a moment ago
  private synchronized List<Known> all(boolean now) {
    var from = file;
    if (from != null
        && (now || version.equals("unread") || System.nanoTime() - readAt > FRESH_NANOS)) {
      readAt = System.nanoTime();
      var current = from.version();
      if (!current.equals(version)) {
        try {
          made = from.list().stream().map(Tokens::known).toList();
          version = current;
        } catch (UncheckedIOException e) {
          // The last good ones go on; letting everybody in, or nobody, would be worse.
          LOG.warn("event=TokensUnreadable cause=\"{}\"", e.getMessage());
        }
      }
    }
    var all = new ArrayList<>(configured);
    all.addAll(made);
    return all;
  }

  private static Known known(TokenFile.Entry entry) {
    return new Known(Caller.holder(entry.name(), entry.role()), entry.sha256());
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

  static String hash(String secret) {
    return HexFormat.of().formatHex(Sha256.of(bytes(secret)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

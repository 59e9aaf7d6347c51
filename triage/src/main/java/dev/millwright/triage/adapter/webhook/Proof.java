package dev.millwright.triage.adapter.webhook;

import dev.millwright.shared.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Whether a delivery is from who knows the secret.
sealed interface Proof {
  record Good() implements Proof {}

  /// It is not.
  ///
  /// @param reason a word or three, the same for every delivery with this fault
  record Bad(String reason) implements Proof {}

  static Proof good() {
    return new Good();
  }

  static Proof missing() {
    return new Bad("no signature");
  }

  /// The body's HMAC-SHA256 in hexadecimal, after a prefix that may be there.
  static Proof hmac(String given, String prefix, byte[] signed, List<Secret> secrets) {
    if (given.isBlank()) {
      return missing();
    }
    var hex = given.startsWith(prefix) ? given.substring(prefix.length()) : given;
    return any(secrets, secret -> same(hex.strip(), HexFormat.of().formatHex(mac(secret, signed))));
  }

  /// A token that is sent along.
  static Proof token(String given, List<Secret> secrets) {
    return given.isBlank() ? missing() : any(secrets, secret -> same(given, secret.reveal()));
  }

  /// Every secret is tried, whether one before it was right or not.
  static Proof any(List<Secret> secrets, Function<Secret, Boolean> isRight) {
    var right = false;
    for (var secret : secrets) {
      right |= isRight.apply(secret);
    }
    return right ? good() : new Bad("wrong signature");
  }

  /// Compares without telling by its time how much was right.
  static boolean same(String given, String expected) {
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] mac(Secret secret, byte[]... signed) {
    return mac(secret.reveal().getBytes(StandardCharsets.UTF_8), signed);
  }

  static byte[] mac(byte[] key, byte[]... signed) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      Arrays.stream(signed).forEach(mac::update);
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  /// Good, if its time is also about now.
  default Proof within(Duration most, Instant now, long epochSeconds) {
    var fresh = Duration.between(Instant.ofEpochSecond(0), now).toSeconds() - epochSeconds;
    return this instanceof Good && Math.abs(fresh) > most.toSeconds() ? new Bad("too old") : this;
  }

  /// The secrets in use.
  static List<Secret> inUse(Secret... secrets) {
    return Stream.of(secrets).filter(it -> !it.isEmpty()).toList();
  }
}

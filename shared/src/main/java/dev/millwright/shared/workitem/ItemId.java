package dev.millwright.shared.workitem;

import dev.millwright.shared.signal.SignalKey;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/// The readable name of an item, safe as a file name, a git ref and a URL segment.
public record ItemId(String value) {
  private static final Pattern SAFE = Pattern.compile("[a-z0-9](?:[a-z0-9_-]|\\.(?!\\.)){0,127}");
  private static final Pattern UNSAFE = Pattern.compile("[^a-z0-9]+");
  private static final Pattern ENDS = Pattern.compile("^-|-$");
  private static final int MOST_SLUG_CHARACTERS = 100;

  public ItemId {
    if (!SAFE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "item id must be lower-case letters, digits and - _ . (at most 128), got '"
              + value
              + "'");
    }
  }

  /// The id a key gets unless another key already holds it.
  public static ItemId of(SignalKey key) {
    var slug = slug(key);
    return slug.isEmpty() || slug.length() > MOST_SLUG_CHARACTERS
        ? distinct(key)
        : new ItemId(slug);
  }

  /// The id for a key whose plain id belongs to another key.
  public static ItemId distinct(SignalKey key) {
    var slug = slug(key);
    var head = slug.substring(0, Math.min(slug.length(), MOST_SLUG_CHARACTERS));
    return new ItemId((head.isEmpty() ? "item" : head) + "-" + fingerprint(key));
  }

  private static String slug(SignalKey key) {
    var words = UNSAFE.matcher(key.value().toLowerCase(Locale.ROOT)).replaceAll("-");
    return ENDS.matcher(words).replaceAll("");
  }

  private static String fingerprint(SignalKey key) {
    var hash = Sha256.of(key.value().getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash, 0, 5);
  }

  @Override
  public String toString() {
    return value;
  }
}

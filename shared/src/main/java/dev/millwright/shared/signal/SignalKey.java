package dev.millwright.shared.signal;

/// Names what happened, such as `github:acme/orders#218`: the same key always lands on the same
/// item.
public record SignalKey(String value) {
  private static final int MOST_CHARACTERS = 256;

  public SignalKey {
    if (value.isBlank() || value.length() > MOST_CHARACTERS) {
      throw new IllegalArgumentException(
          "signal key must have 1 to " + MOST_CHARACTERS + " characters, got " + value.length());
    }
    if (value.codePoints().anyMatch(c -> Character.isISOControl(c) || isHalf(c))) {
      throw new IllegalArgumentException(
          "signal key must be valid Unicode without control characters");
    }
  }

  private static boolean isHalf(int codePoint) {
    return Character.getType(codePoint) == Character.SURROGATE;
  }

  @Override
  public String toString() {
    return value;
  }
}

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
    if (value.chars().anyMatch(c -> Character.isISOControl(c))) {
      throw new IllegalArgumentException("signal key must not contain control characters");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}

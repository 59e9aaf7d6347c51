package dev.millwright.triage.domain;

import java.util.Optional;
import java.util.regex.Pattern;

/// Words that speak for something, and how loudly.
record Cue<T>(T of, double weight, Pattern words) {
  static <T> Cue<T> of(T of, double weight, String words) {
    return new Cue<>(of, weight, Pattern.compile(words, Pattern.MULTILINE));
  }

  /// The words as they stand in a text.
  Optional<String> in(String text) {
    var found = words.matcher(text);
    return found.find() ? Optional.of(Words.line(found.group(), 40)) : Optional.empty();
  }
}

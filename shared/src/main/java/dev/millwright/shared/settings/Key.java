package dev.millwright.shared.settings;

import org.jspecify.annotations.Nullable;

/// The one declaration of a key: validation, schema and reference are made from it.
///
/// @param path with `*` for a name the operator chooses and `[]` for an entry of a list
/// @param preset the default as it would be written in the file, `null` when there is none
/// @param need whether the key can be left out, or written and not yet used
public record Key(
    String path, KeyType type, @Nullable String preset, String meaning, String example, Need need) {

  /// What becomes of a key.
  public enum Need {
    OPTIONAL,
    REQUIRED,
    /// Understood, so that a file written for a later version is no error; changes nothing yet.
    LATER
  }

  static Key of(
      String path, KeyType type, @Nullable String preset, String meaning, String example) {
    return new Key(path, type, preset, meaning, example, Need.OPTIONAL);
  }

  /// The same below another key.
  Key below(String above) {
    return new Key(above + "." + path, type, preset, meaning, example, need);
  }

  Key required() {
    return new Key(path, type, preset, meaning, example, Need.REQUIRED);
  }

  Key later() {
    return new Key(path, type, preset, meaning, example, Need.LATER);
  }
}

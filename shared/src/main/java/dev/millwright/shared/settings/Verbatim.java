package dev.millwright.shared.settings;

import java.util.Map;

/// Words that stand for nothing else here, not even where they look like a variable.
///
/// @param blank whether there may be none
record Verbatim(boolean blank) implements KeyType {
  @Override
  public String words() {
    return "text";
  }

  @Override
  public Map<String, Object> schema() {
    return Map.of("type", "string");
  }

  @Override
  public Object read(String text, Surroundings place) throws Mistake {
    if (text.isBlank() && !blank) {
      throw new Mistake("is empty", "give it a value or remove the line");
    }
    return text;
  }
}

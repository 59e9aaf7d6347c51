package dev.millwright.shared.settings;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Yes or no.
record Flag() implements KeyType {
  static final List<String> YES = List.of("true", "yes", "on");
  private static final List<String> NO = List.of("false", "no", "off");

  @Override
  public String words() {
    return "`true` or `false`";
  }

  @Override
  public Map<String, Object> schema() {
    return Map.of("type", "boolean");
  }

  @Override
  public Object read(String text, Surroundings place) throws Mistake {
    var word = text.toLowerCase(Locale.ROOT);
    if (!YES.contains(word) && !NO.contains(word)) {
      throw new Mistake("'" + text + "' is neither true nor false", "write true or false");
    }
    return YES.contains(word);
  }
}

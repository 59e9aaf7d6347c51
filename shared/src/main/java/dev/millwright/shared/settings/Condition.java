package dev.millwright.shared.settings;

import dev.millwright.shared.rule.Expression;
import java.util.Map;

/// A CEL expression, compiled to see that it can be.
///
/// @param phrase whether it gives a text, else true or false
record Condition(boolean phrase) implements KeyType {
  @Override
  public String words() {
    return "CEL expression that " + (phrase ? "gives a text" : "is true or false");
  }

  @Override
  public Map<String, Object> schema() {
    return Map.of("type", "string", "minLength", 1);
  }

  @Override
  public Object read(String text, Surroundings place) throws Mistake {
    try {
      var _ = phrase ? Expression.phrase(text) : Expression.condition(text);
      return text;
    } catch (Expression.Wrong e) {
      throw new Mistake(
          String.valueOf(e.getMessage()),
          phrase
              ? "write it like \"'Mend ' + event.title\""
              : "write it like event.type == 'issue'; event, hook and payload are known");
    }
  }
}

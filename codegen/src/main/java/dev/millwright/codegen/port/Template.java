package dev.millwright.codegen.port;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Fills in a text that a repository wrote for its agents.
@FunctionalInterface
public interface Template {
  /// The text with every place filled in. Maps and lists may be nested; a value may be null.
  ///
  /// @throws Broken the text names what is not known, or is not a template at all
  String render(String text, Map<String, @Nullable Object> known) throws Broken;

  /// Says what is wrong, and where if that is known.
  final class Broken extends Exception {
    private static final long serialVersionUID = 1L;

    public Broken(String message) {
      super(message);
    }
  }
}

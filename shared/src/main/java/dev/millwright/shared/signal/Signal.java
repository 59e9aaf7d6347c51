package dev.millwright.shared.signal;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Something that happened and may call for work.
///
/// @param source who sent it: `cli`, `http`, `github`, `osv`, `schedule`, …
/// @param facts the flat scalars of its payload, such as the recipe and its options
public record Signal(
    SignalKey key,
    String source,
    Author author,
    Request request,
    Map<String, String> facts,
    @Nullable String link) {
  public Signal {
    facts = Map.copyOf(facts);
  }
}

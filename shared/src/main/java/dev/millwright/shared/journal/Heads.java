package dev.millwright.shared.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/// The newest event of each item as somebody saw it: a journal that lacks one of them was cut off.
public record Heads(Map<String, Head> byItem) {
  public static final Heads NONE = new Heads(Map.of());
  private static final ObjectMapper JSON = new ObjectMapper();

  public Heads {
    byItem = Map.copyOf(byItem);
  }

  /// An event's place in its item's chain, and its hash, which covers all before it.
  public record Head(long sequence, String hash) {}

  /// Reads what `AuditTrail` exported, whole or heads only.
  public static Heads read(InputStream export) throws IOException {
    var heads = new HashMap<String, Head>();
    try (var lines = JSON.readerFor(JsonNode.class).<JsonNode>readValues(export)) {
      while (lines.hasNextValue()) {
        var line = lines.nextValue();
        if (!line.path("item").isTextual() || !line.path("hash").isTextual()) {
          throw new IOException("this is no export of a journal");
        }
        heads.merge(
            line.get("item").textValue(),
            new Head(line.path("seq").longValue(), line.get("hash").textValue()),
            (a, b) -> a.sequence() > b.sequence() ? a : b);
      }
    }
    return new Heads(heads);
  }
}

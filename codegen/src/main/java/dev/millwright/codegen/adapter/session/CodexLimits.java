package dev.millwright.codegen.adapter.session;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.stream.StreamSupport;

/// Finds what a provider says about its limits in what Codex tells, wherever it stands.
final class CodexLimits {
  private static final int DEEPEST = 8;
  private static final int LONGEST = 8_000;

  private CodexLimits() {}

  /// The first object that names a limit and says how much of it is used, as it is.
  static Optional<String> in(String method, JsonNode params) {
    var tells = method.contains("rateLimits") || method.contains("token_count");
    return tells
        ? found(params, 0).map(JsonNode::toString).filter(json -> json.length() <= LONGEST)
        : Optional.empty();
  }

  private static Optional<JsonNode> found(JsonNode node, int depth) {
    if (isLimit(node)) {
      return Optional.of(node);
    }
    return depth == DEEPEST
        ? Optional.empty()
        : StreamSupport.stream(node.spliterator(), false)
            .flatMap(child -> found(child, depth + 1).stream())
            .findFirst();
  }

  private static boolean isLimit(JsonNode node) {
    return hasAny(node, "limit_id", "limit_name", "limitId", "limitName")
        && hasAny(node, "primary", "secondary", "credits");
  }

  private static boolean hasAny(JsonNode node, String... names) {
    for (var name : names) {
      if (node.hasNonNull(name)) {
        return true;
      }
    }
    return false;
  }
}

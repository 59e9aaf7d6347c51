package dev.millwright.triage.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.shared.workitem.Hooks;
import dev.millwright.triage.adapter.WorkflowFile.Broken;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Symphony's `hooks:` in a repository's policy file. An unknown key is a warning; a script that is
/// no text, or a limit that is no time, is an error.
record HooksSection(JsonNode root, String path) {
  private static final int MOST_TEXT = 16_000;
  private static final int LONGEST_MILLIS = 3_600_000;
  private static final Set<String> KEYS =
      Set.of("after_create", "before_run", "after_run", "before_remove", "timeout_ms");

  Hooks hooks() {
    if (root.isMissingNode() || root.isNull()) {
      return Hooks.NONE;
    }
    if (!root.isObject()) {
      throw new Broken("hooks must be keys and values");
    }
    return new Hooks(
        script("after_create"),
        script("before_run"),
        script("after_run"),
        script("before_remove"),
        limit());
  }

  List<String> warnings() {
    return root.propertyStream()
        .filter(entry -> !KEYS.contains(entry.getKey()))
        .map(entry ->
            "%s: hooks.%s is not known and ignored"
                .formatted(path, FactorySection.shown(entry.getKey())))
        .limit(KEYS.size())
        .toList();
  }

  private String script(String key) {
    var node = root.path(key);
    if (node.isMissingNode() || node.isNull()) {
      return "";
    }
    var text = node.asText();
    if (!node.isTextual() || text.length() > MOST_TEXT || text.indexOf('\0') >= 0) {
      throw FactorySection.wrong(
          "hooks." + key,
          node.toString(),
          "write a script of at most " + MOST_TEXT + " characters");
    }
    return text.isBlank() ? "" : text;
  }

  private Duration limit() {
    var node = root.path("timeout_ms");
    if (node.isMissingNode() || node.isNull()) {
      return Hooks.USUAL_LIMIT;
    }
    if (!node.isInt() || node.intValue() < 1 || node.intValue() > LONGEST_MILLIS) {
      throw FactorySection.wrong(
          "hooks.timeout_ms", node.toString(), "write milliseconds, 1 to " + LONGEST_MILLIS);
    }
    return Duration.ofMillis(node.intValue());
  }
}

package dev.millwright.codegen.adapter.recipes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the runner says, one JSON object a line on standard output: messages, changed files, and
/// one result at the end.
final class Report {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MAX_MESSAGES = 200;

  private final PrintStream out;
  private int messages;

  Report(PrintStream out) {
    this.out = out;
  }

  /// Something the reader of the change should know. Bounded: a repository with a thousand broken
  /// sources must not bury its result.
  void message(String text) {
    messages++;
    if (messages <= MAX_MESSAGES) {
      line("message", Map.of("text", text));
    } else if (messages == MAX_MESSAGES + 1) {
      line("message", Map.of("text", "further messages are left out"));
    }
  }

  void fileChange(FileChange change) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("path", change.path().toString());
    fields.put("additions", change.additions());
    fields.put("deletions", change.deletions());
    line("file_change", fields);
  }

  void result(String status, String summary, int files) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("status", status);
    fields.put("summary", summary);
    fields.put("files", files);
    line("result", fields);
  }

  private void line(String type, Map<String, ?> fields) {
    var line = new LinkedHashMap<String, Object>();
    line.put("type", type);
    line.putAll(fields);
    try {
      out.println(JSON.writeValueAsString(line));
      out.flush();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a line of strings and numbers is always JSON", e);
    }
  }
}

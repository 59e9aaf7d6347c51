package dev.millwright.codegen.adapter.session;

import dev.millwright.codegen.domain.IntentForm;
import java.util.List;
import java.util.stream.Collectors;

/// The same call of the same server, for an agent that has a shell and starts no MCP server.
final class ShellIntents {
  private ShellIntents() {}

  /// A script that takes an intent's name, and its fields as JSON on stdin.
  ///
  /// @param words the command that is the MCP server
  static String script(List<String> words) {
    return """
    #!/bin/sh
    printf '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"%%s","arguments":%%s}}\\n' "$1" "$(tr '\\n' ' ')" |
      '%s'
    """
        .formatted(String.join("' '", words).replace("STDIO", "-"));
  }

  /// What the agent is told about it.
  ///
  /// @param script where it is, as the agent sees it
  static String guide(String script) {
    return """
    # What you want to happen outside your workspace
    Ask the factory for it, with your shell. The answer says whether it was done.
    ```sh
    sh %s comment <<'END'
    {"text": "What people should know"}
    END
    ```
    %s
    """
        .formatted(
            script,
            IntentForm.ALL.stream().map(ShellIntents::about).collect(Collectors.joining("\n")));
  }

  private static String about(IntentForm form) {
    return "- `%s` %s\n  Fields, all strings: %s"
        .formatted(
            form.wire(),
            form.about(),
            form.fields().stream()
                .map(field ->
                    "`%s`%s, at most %d characters%s: %s"
                        .formatted(
                            field.name(),
                            field.required() ? "" : " (may be left out)",
                            field.most(),
                            field.words().isEmpty()
                                ? ""
                                : ", one of " + String.join(", ", field.words()),
                            field.about()))
                .collect(Collectors.joining(" ")));
  }
}

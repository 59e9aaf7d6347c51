package dev.millwright.app.cli;

import dev.millwright.shared.settings.Problem;
import dev.millwright.triage.adapter.WorkflowFile;
import dev.millwright.triage.port.RepositoryPolicy.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// What triage would say about a repository's policy file, before it is committed.
final class Workflow {
  private static final Pattern UNKNOWN =
      Pattern.compile("((?:factory|hooks)\\.[\\w.…-]*?([\\w…-]+)) (is .*)");

  private Workflow() {}

  static List<Problem> problems(Path file) {
    var name = String.valueOf(file.getFileName());
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      var bytes = Files.readAllBytes(file);
      return switch (WorkflowFile.read(bytes, name, "")) {
        case Answer.Found(var rules, _) ->
            rules.warnings().stream()
                .map(warning -> unknown(name, new String(bytes, StandardCharsets.UTF_8), warning))
                .toList();
        case Answer.Unusable(var reason) -> List.of(error(name, reason));
        case Answer.Unreachable(var reason) -> List.of(error(name, reason));
      };
    } catch (IOException e) {
      return List.of(error(name, "cannot be read: " + e.getMessage()));
    }
  }

  private static Problem error(String name, String reason) {
    var said = reason.startsWith(name + ": ") ? reason.substring(name.length() + 2) : reason;
    return new Problem(Problem.Severity.ERROR, name, 0, "", said, "");
  }

  private static Problem unknown(String name, String text, String warning) {
    var found = UNKNOWN.matcher(warning);
    return found.find()
        ? new Problem(
            Problem.Severity.WARNING,
            name,
            line(text, found.group(2)),
            found.group(1),
            found.group(3),
            "")
        : new Problem(Problem.Severity.WARNING, name, 0, "", warning, "");
  }

  /// The first line that has the key; 0 when none has it as it is shown.
  private static int line(String text, String key) {
    var lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains(key + ":")) {
        return i + 1;
      }
    }
    return 0;
  }
}

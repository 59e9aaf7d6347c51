package dev.millwright.app.cli;

import dev.millwright.codegen.adapter.LiquidTemplate;
import dev.millwright.codegen.port.Template;
import dev.millwright.shared.settings.FactorySettings;
import dev.millwright.shared.settings.FrontMatter;
import dev.millwright.shared.settings.Problem;
import dev.millwright.shared.settings.RepoSettings;
import dev.millwright.shared.settings.SettingsFile.Reading;
import dev.millwright.shared.settings.Surroundings;
import dev.millwright.shared.settings.SymphonyFile;
import dev.millwright.triage.adapter.WorkflowFile;
import dev.millwright.triage.port.RepositoryPolicy.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A `WORKFLOW.md` as a factory takes it: its settings, and what triage would say about the rest.
final class Workflow {
  private static final Pattern UNKNOWN =
      Pattern.compile("((?:factory|hooks)\\.[\\w.…-]*?([\\w…-]+)) (is .*)");

  private Workflow() {}

  /// @param others settings that its board and repository come to
  static Reading read(Path file, Surroundings place, Optional<FactorySettings> others) {
    return switch (SymphonyFile.read(file, place, others)) {
      case Reading.Good(var settings, var warnings) -> {
        var all = new ArrayList<>(warnings);
        all.addAll(problems(file));
        all.addAll(template(settings, String.valueOf(file.getFileName())));
        yield all.stream().anyMatch(Problem::isError)
            ? new Reading.Bad(all, Optional.of(settings))
            : new Reading.Good(settings, all);
      }
      case Reading.Bad(var wrong, var rest) -> {
        var all = new ArrayList<>(wrong);
        // What is no front matter at all was said already.
        problems(file).stream().filter(found -> !unreadable(wrong)).forEach(all::add);
        yield new Reading.Bad(all, rest);
      }
    };
  }

  /// A prompt that is no template fails each attempt, and nothing else.
  private static List<Problem> template(FactorySettings settings, String name) {
    return settings.repos().values().stream()
        .map(RepoSettings::policy)
        .flatMap(Stream::ofNullable)
        .map(text -> FrontMatter.of(text).body())
        .flatMap(body -> unfillable(body).stream())
        .map(why -> new Problem(Problem.Severity.WARNING, name, 0, "", why, "mend the prompt"))
        .toList();
  }

  private static Optional<String> unfillable(String body) {
    try {
      new LiquidTemplate().check(body);
      return Optional.empty();
    } catch (Template.Broken broken) {
      return Optional.of(String.valueOf(broken.getMessage()));
    }
  }

  private static boolean unreadable(List<Problem> problems) {
    return problems.stream().anyMatch(found -> found.key().isEmpty());
  }

  /// What can be said of it while the settings beside it cannot be read: which agents those have is
  /// not known.
  static List<Problem> problems(Path file, Surroundings place) {
    var all =
        switch (read(file, place, Optional.empty())) {
          case Reading.Good(_, var warnings) -> warnings;
          case Reading.Bad(var wrong, _) -> wrong;
        };
    return all.stream().filter(found -> !found.key().startsWith("factory.agents")).toList();
  }

  private static List<Problem> problems(Path file) {
    var name = String.valueOf(file.getFileName());
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
  static int line(String text, String key) {
    var lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains(key + ":")) {
        return i + 1;
      }
    }
    return 0;
  }
}

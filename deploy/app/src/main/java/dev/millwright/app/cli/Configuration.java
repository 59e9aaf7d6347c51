package dev.millwright.app.cli;

import dev.millwright.shared.settings.FactorySettings;
import dev.millwright.shared.settings.LocalRepository;
import dev.millwright.shared.settings.Problem;
import dev.millwright.shared.settings.RepoSettings;
import dev.millwright.shared.settings.SettingsFile;
import dev.millwright.shared.settings.SettingsFile.Reading;
import dev.millwright.shared.settings.SettingsWatch;
import dev.millwright.shared.settings.Surroundings;
import dev.millwright.shared.workitem.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Finds the settings a command works with: `--config`, else `millwright.yaml`, else `WORKFLOW.md`,
/// else the current git repository.
final class Configuration {
  @Option(
      names = "--config",
      paramLabel = "F",
      description = "The settings; else ./millwright.yaml, else defaults.")
  @Nullable Path config;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data directory instead of the configured one.")
  @Nullable Path data;

  private boolean anywhere;

  /// Defaults will do where there are no settings and no repository.
  void anywhere() {
    anywhere = true;
  }

  /// The settings, or a failure that says everything that is wrong; warnings go to stderr.
  FactorySettings load(@Nullable Path file, Context context) {
    return switch (read(file, context)) {
      case Reading.Good(var settings, var warnings) -> {
        warnings.forEach(warning -> context.terminal().note(shown(warning, context.terminal())));
        yield onTop(settings, context);
      }
      case Reading.Bad(var problems) -> {
        problems.forEach(problem -> context.terminal().note(shown(problem, context.terminal())));
        throw new Failure(Exit.USED_WRONGLY, "The settings cannot be used as they are.");
      }
    };
  }

  /// The same, read again whenever the file changes.
  ///
  /// @param changed what the command line says on top of the file
  SettingsWatch live(@Nullable Path file, Context context, UnaryOperator<FactorySettings> changed) {
    var first = changed.apply(load(file, context));
    var watched = file(file, Surroundings.of(context.folder(), context.environment()));
    return watched.isEmpty()
        ? SettingsWatch.fixed(first)
        : SettingsWatch.of(
            watched.get(), first, () -> again(read(file, context), context, changed));
  }

  private Reading again(Reading reading, Context context, UnaryOperator<FactorySettings> changed) {
    return reading instanceof Reading.Good(var settings, var warnings)
        ? new Reading.Good(changed.apply(onTop(settings, context)), warnings)
        : reading;
  }

  private FactorySettings onTop(FactorySettings settings, Context context) {
    return data == null ? settings : settings.withData(context.folder().resolve(data).normalize());
  }

  /// The settings file, where there is one.
  private Optional<Path> file(@Nullable Path file, Surroundings place) {
    var named = config != null ? config : file;
    if (named != null) {
      return Optional.of(place.folder().resolve(named))
          .filter(path -> !path.toString().endsWith(".md"));
    }
    return Optional.of(place.folder().resolve(SettingsFile.NAME)).filter(Files::exists);
  }

  /// @param file what was named besides `--config`
  Reading read(@Nullable Path file, Context context) {
    var place = Surroundings.of(context.folder(), context.environment());
    var named = config != null ? config : file;
    if (named != null && !named.toString().endsWith(".md")) {
      return SettingsFile.read(named, place);
    }
    if (named == null && Files.exists(place.folder().resolve(SettingsFile.NAME))) {
      return SettingsFile.read(Path.of(SettingsFile.NAME), place);
    }
    var workflow = place.folder().resolve(named == null ? Path.of("WORKFLOW.md") : named);
    if (named != null && !Files.exists(workflow)) {
      throw new Failure(
          Exit.USED_WRONGLY, "There is no file " + Words.line(named.toString()) + ".");
    }
    return local(workflow, place);
  }

  /// Each local factory keeps to itself: two repositories must not share a journal.
  private static Path own(RepoSettings repo, Surroundings place) {
    var hash = Sha256.of(repo.url().getBytes(StandardCharsets.UTF_8));
    var name = repo.name() + "-" + HexFormat.of().formatHex(hash, 0, 4);
    return place.home().resolve(".millwright").resolve("local").resolve(name);
  }

  private Reading local(Path workflow, Surroundings place) {
    var folder = workflow.getParent() == null ? place.folder() : workflow.getParent();
    var found = LocalRepository.around(folder, "WORKFLOW.md");
    if (found.isEmpty() && (anywhere || data != null)) {
      return SettingsFile.read("", "defaults", place);
    }
    if (found.isEmpty()) {
      throw new Failure(
          Exit.USED_WRONGLY,
          folder + " has no " + SettingsFile.NAME + " and is in no git repository.",
          "Go to a git repository, or write a " + SettingsFile.NAME + " and name it with --config.",
          "To look around first: millwright demo");
    }
    var repo = found.get();
    var inside = Path.of(repo.url()).relativize(workflow.normalize()).toString();
    var exact = LocalRepository.around(folder, inside).orElse(repo);
    var problems = Workflow.problems(workflow);
    if (problems.stream().anyMatch(Problem::isError)) {
      return new Reading.Bad(problems);
    }
    return switch (SettingsFile.read("", "defaults", place)) {
      case Reading.Good(var defaults, _) ->
          new Reading.Good(
              defaults.withRepos(Map.of(exact.name(), exact)).withData(own(exact, place)),
              problems);
      case Reading.Bad bad -> bad;
    };
  }

  static String shown(Problem problem, Terminal terminal) {
    var severity = problem.isError() ? terminal.red("error: ") : terminal.yellow("warning: ");
    return severity + Words.line(problem.toString());
  }
}

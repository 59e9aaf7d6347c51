package dev.millwright.app.cli;

import dev.millwright.shared.settings.FactorySettings;
import dev.millwright.shared.settings.LocalRepository;
import dev.millwright.shared.settings.Problem;
import dev.millwright.shared.settings.RepoSettings;
import dev.millwright.shared.settings.SettingsFile;
import dev.millwright.shared.settings.SettingsFile.Reading;
import dev.millwright.shared.settings.SettingsWatch;
import dev.millwright.shared.settings.Surroundings;
import dev.millwright.shared.settings.SymphonyFile;
import dev.millwright.shared.workitem.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Finds the settings a command works with: `--config`, else `millwright.yaml`, else `WORKFLOW.md`,
/// else the current git repository.
final class Configuration {
  private static final Problem NO_REPOSITORY =
      new Problem(
          Problem.Severity.ERROR,
          SettingsFile.NAME,
          0,
          "repos",
          "there is no repository to work in",
          "add one, like  orders: {url: ../orders}");

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
    return load(read(file, context), context);
  }

  private FactorySettings load(Reading reading, Context context) {
    return switch (reading) {
      case Reading.Good(var settings, var warnings) -> {
        tell(warnings, context);
        yield onTop(settings, context);
      }
      case Reading.Bad(var problems, _) -> throw unusable(problems, context);
    };
  }

  /// The settings for a command that only opens what a factory has stored: a key for a model that
  /// is not set, say, does not keep it from that.
  FactorySettings stored(Context context) {
    return switch (read(null, context)) {
      case Reading.Good(var settings, _) -> onTop(settings, context);
      case Reading.Bad(var problems, var rest) -> {
        boolean elsewhere = problems.stream().noneMatch(Configuration::isAboutTheStored);
        yield rest.filter(_ -> elsewhere)
            .map(settings -> onTop(settings, context))
            .orElseThrow(() -> unusable(problems, context));
      }
    };
  }

  private static boolean isAboutTheStored(Problem problem) {
    return problem.isError() && problem.key().matches("|(data|storage|server)(\\..*)?");
  }

  /// Says what is wrong; the failure to throw.
  Failure unusable(List<Problem> problems, Context context) {
    tell(problems, context);
    return new Failure(Exit.USED_WRONGLY, "The settings cannot be used as they are.");
  }

  /// The same, read again whenever a file changes. Which files they are is found once: one that
  /// goes away is a mistake and not another factory.
  ///
  /// @param changed what the command line says on top of the files
  SettingsWatch live(@Nullable Path file, Context context, UnaryOperator<FactorySettings> changed) {
    var place = place(context);
    var sources = Sources.of(config, file, place);
    var first = changed.apply(load(read(sources, place), context));
    return sources.files().isEmpty()
        ? SettingsWatch.fixed(first)
        : SettingsWatch.of(
            sources.files(), first, () -> again(read(sources, place), context, changed));
  }

  private Reading again(Reading reading, Context context, UnaryOperator<FactorySettings> changed) {
    return reading instanceof Reading.Good(var settings, var warnings)
        ? new Reading.Good(changed.apply(onTop(settings, context)), warnings)
        : reading;
  }

  /// What is wrong with settings that can be read, for a factory that is to run.
  static List<Problem> toRun(FactorySettings settings, Context context) {
    var boards = BoardChecks.problems(settings, context);
    return settings.repos().isEmpty() ? joined(List.of(NO_REPOSITORY), boards) : boards;
  }

  void tell(List<Problem> problems, Context context) {
    problems.forEach(problem -> context.terminal().note(shown(problem, context.terminal())));
  }

  /// What would be in force if there were no file.
  FactorySettings defaults(Context context) {
    return switch (SettingsFile.read("", "defaults", place(context))) {
      case Reading.Good(var settings, _) -> onTop(settings, context);
      case Reading.Bad(var problems, _) -> throw new IllegalStateException(problems.toString());
    };
  }

  /// With what the command line says on top.
  FactorySettings onTop(FactorySettings settings, Context context) {
    return data == null ? settings : settings.withData(context.folder().resolve(data).normalize());
  }

  private static Surroundings place(Context context) {
    return Surroundings.of(context.folder(), context.environment());
  }

  /// The files that settings are read from.
  private record Sources(Optional<Path> settings, Optional<Path> workflow) {
    /// @param config what `--config` names
    /// @param file what is named besides it
    static Sources of(@Nullable Path config, @Nullable Path file, Surroundings place) {
      var named =
          Stream.of(config, file).flatMap(Stream::ofNullable).map(place.folder()::resolve).toList();
      if (!named.isEmpty()) {
        return new Sources(
            named.stream().filter(path -> !isWorkflow(path)).findFirst(),
            named.stream().filter(Sources::isWorkflow).findFirst());
      }
      var settings = Optional.of(place.folder().resolve(SettingsFile.NAME)).filter(Files::exists);
      return new Sources(
          settings,
          Optional.of(place.folder().resolve(SymphonyFile.NAME))
              .filter(path -> settings.isEmpty() && Files.exists(path)));
    }

    private static boolean isWorkflow(Path file) {
      return file.toString().endsWith(".md");
    }

    List<Path> files() {
      return Stream.concat(settings.stream(), workflow.stream()).toList();
    }
  }

  /// @param file what was named besides `--config`
  Reading read(@Nullable Path file, Context context) {
    var place = place(context);
    return read(Sources.of(config, file, place), place);
  }

  private Reading read(Sources sources, Surroundings place) {
    if (sources.files().isEmpty()) {
      return local(place);
    }
    if (sources.settings().isEmpty()) {
      var workflow = Workflow.read(sources.workflow().orElseThrow(), place, Optional.empty());
      return anywhere && workflow instanceof Reading.Bad(var problems, _)
          ? with(problems, local(place))
          : alone(workflow, place);
    }
    var reading = SettingsFile.read(sources.settings().get(), place);
    if (sources.workflow().isEmpty()) {
      return reading;
    }
    var workflow = sources.workflow().get();
    return switch (reading) {
      case Reading.Good(var settings, var warnings) ->
          with(warnings, Workflow.read(workflow, place, Optional.of(settings)));
      case Reading.Bad(var problems, var rest) ->
          new Reading.Bad(joined(problems, Workflow.problems(workflow, place)), rest);
    };
  }

  private static Reading with(List<Problem> earlier, Reading reading) {
    return switch (reading) {
      case Reading.Good(var settings, var warnings) ->
          new Reading.Good(settings, joined(earlier, warnings));
      case Reading.Bad(var problems, var rest) -> new Reading.Bad(joined(earlier, problems), rest);
    };
  }

  private static List<Problem> joined(List<Problem> some, List<Problem> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  /// A factory that no settings file describes keeps to itself.
  private static Reading alone(Reading reading, Surroundings place) {
    return switch (reading) {
      case Reading.Good(var settings, var warnings) ->
          new Reading.Good(alone(settings, place), warnings);
      case Reading.Bad(var problems, var rest) ->
          new Reading.Bad(problems, rest.map(settings -> alone(settings, place)));
    };
  }

  private static FactorySettings alone(FactorySettings settings, Surroundings place) {
    return settings.withData(own(settings.repos().values().iterator().next(), place));
  }

  /// Two repositories must not share a journal.
  private static Path own(RepoSettings repo, Surroundings place) {
    var hash = Sha256.of(repo.url().getBytes(StandardCharsets.UTF_8));
    var name = repo.name() + "-" + HexFormat.of().formatHex(hash, 0, 4);
    return place.home().resolve(".millwright").resolve("local").resolve(name);
  }

  private Reading local(Surroundings place) {
    var folder = place.folder();
    var found = LocalRepository.around(folder, SymphonyFile.NAME);
    var defaults = SettingsFile.read("", "defaults", place);
    if (found.isEmpty() && (anywhere || data != null)) {
      return defaults;
    }
    if (found.isEmpty()) {
      throw new Failure(
          Exit.USED_WRONGLY,
          folder + " has no " + SettingsFile.NAME + " and is in no git repository.",
          "Go to a git repository, or write a " + SettingsFile.NAME + " and name it with --config.",
          "To look around first: millwright demo");
    }
    var repo = found.get();
    return defaults instanceof Reading.Good(var settings, var warnings)
        ? alone(new Reading.Good(settings.withRepos(Map.of(repo.name(), repo)), warnings), place)
        : defaults;
  }

  static String shown(Problem problem, Terminal terminal) {
    var severity = problem.isError() ? terminal.red("error: ") : terminal.yellow("warning: ");
    return severity + Words.line(problem.toString());
  }
}

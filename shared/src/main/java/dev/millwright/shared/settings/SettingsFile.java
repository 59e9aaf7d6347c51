package dev.millwright.shared.settings;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/// Reads `millwright.yaml` and says everything that is wrong with it at once.
public final class SettingsFile {
  public static final String NAME = "millwright.yaml";
  private static final long MOST_BYTES = 1 << 20;

  private SettingsFile() {}

  /// What came of reading.
  public sealed interface Reading {
    /// The factory can run with it.
    record Good(FactorySettings settings, List<Problem> warnings) implements Reading {
      public Good {
        warnings = List.copyOf(warnings);
      }
    }

    /// It cannot; at least one of these is an error.
    ///
    /// @param rest what there is where nothing is wrong, and defaults elsewhere; empty where not
    ///   even that could be made out
    record Bad(List<Problem> problems, Optional<FactorySettings> rest) implements Reading {
      public Bad {
        problems = List.copyOf(problems);
      }

      public Bad(List<Problem> problems) {
        this(problems, Optional.empty());
      }
    }
  }

  /// Reads a file; relative paths in it start at its folder.
  public static Reading read(Path file, Surroundings place) {
    var name = file.getFileName() == null ? file.toString() : file.getFileName().toString();
    var absolute = place.folder().resolve(file);
    try {
      if (Files.size(absolute) > MOST_BYTES) {
        return bad(name, "is larger than 1 MiB", "that is no settings file");
      }
      var folder = absolute.getParent() == null ? place.folder() : absolute.getParent();
      return read(Files.readString(absolute), name, place.in(folder));
    } catch (NoSuchFileException _) {
      return bad(name, "there is no such file", "looked for " + absolute);
    } catch (MalformedInputException _) {
      return bad(name, "is not UTF-8 text", "save it as UTF-8");
    } catch (IOException e) {
      return bad(name, "cannot be read", String.valueOf(e.getMessage()));
    }
  }

  /// Reads a text as if it were the file of this name.
  public static Reading read(String yaml, String name, Surroundings place) {
    var findings = new Findings(name);
    try {
      var root = compose(yaml);
      if (root != null) {
        new FileWalk(findings, place, FileWalk.Manners.STRICT).walk(root, KeyTree.ROOT);
      }
    } catch (MarkedYAMLException e) {
      var mark = e.getProblemMark();
      int line = mark == null ? 0 : mark.getLine() + 1;
      findings.error(
          line, "", "is not YAML here: " + e.getProblem(), "look at this line and the one before");
    } catch (YAMLException e) {
      findings.error(
          0, "", "is not YAML", String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
    var settings = new Assembly(findings, place).assemble();
    return findings.hasErrors()
        ? new Reading.Bad(findings.problems(), Optional.of(settings))
        : new Reading.Good(settings, findings.problems());
  }

  private static @Nullable Node compose(String yaml) {
    var options = new LoaderOptions();
    options.setMaxAliasesForCollections(20);
    options.setNestingDepthLimit(20);
    return new Yaml(options).compose(new StringReader(yaml));
  }

  private static Reading bad(String file, String what, String fix) {
    return new Reading.Bad(List.of(new Problem(Problem.Severity.ERROR, file, 0, "", what, fix)));
  }
}

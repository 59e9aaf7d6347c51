package dev.millwright.shared.settings;

import dev.millwright.shared.settings.SettingsFile.Reading;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/// Reads a `WORKFLOW.md` as the settings of a whole factory: its front matter says which board is
/// worked on, how and by whom. Says everything that is wrong with it at once.
///
/// Errors that Symphony's specification names carry that name.
public final class SymphonyFile {
  public static final String NAME = "WORKFLOW.md";

  private SymphonyFile() {}

  /// Reads a file; relative paths in it start at its folder.
  ///
  /// @param others settings that were read before: they stay, and the file's board and repository
  ///   come to them
  public static Reading read(Path file, Surroundings place, Optional<FactorySettings> others) {
    var absolute = place.folder().resolve(file).normalize();
    var name = String.valueOf(absolute.getFileName());
    var findings = new Findings(name);
    try {
      if (Files.size(absolute) > FrontMatter.MOST_BYTES) {
        return bad(findings, "workflow_parse_error: is larger than 256 KiB", "shorten it");
      }
      var bytes = ByteBuffer.wrap(Files.readAllBytes(absolute));
      var text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      return read(new Written(absolute, text), findings, place, others);
    } catch (NoSuchFileException _) {
      return bad(
          findings, "missing_workflow_file: there is no such file", "looked for " + absolute);
    } catch (CharacterCodingException _) {
      return bad(findings, "workflow_parse_error: is not UTF-8 text", "save it as UTF-8");
    } catch (IOException e) {
      return bad(findings, "missing_workflow_file: cannot be read", String.valueOf(e.getMessage()));
    }
  }

  /// A file and what it says.
  record Written(Path file, String text) {
    Path folder() {
      return file.getParent() == null ? file : file.getParent();
    }
  }

  private static Reading read(
      Written written, Findings findings, Surroundings place, Optional<FactorySettings> others) {
    var here = place.in(written.folder());
    var head = head(FrontMatter.of(written.text()).head(), findings);
    if (findings.hasErrors()) {
      return new Reading.Bad(findings.problems());
    }
    if (head != null) {
      new FileWalk(findings, here, SymphonyKeys.MANNERS).walk(head, SymphonyKeys.TREE);
    }
    var assembly =
        new SymphonyAssembly(findings, here, written, others, names(head), cloning(head));
    var settings = assembly.assemble();
    return settings.isEmpty() || findings.hasErrors()
        ? new Reading.Bad(findings.problems(), settings)
        : new Reading.Good(settings.get(), findings.problems());
  }

  /// The front matter's own lines, counted as the file counts them.
  private static @Nullable MappingNode head(String head, Findings findings) {
    try {
      if (head.length() > FrontMatter.MOST_HEAD_CHARACTERS) {
        throw new YAMLException(
            "the front matter is longer than " + FrontMatter.MOST_HEAD_CHARACTERS + " characters");
      }
      var root = new Yaml(FrontMatter.limits()).compose(new StringReader("\n" + head));
      if (root == null || root.getTag().equals(Tag.NULL)) {
        return null;
      }
      if (root instanceof MappingNode mapping) {
        return mapping;
      }
      findings.error(
          root.getStartMark().getLine() + 1,
          "",
          "workflow_front_matter_not_a_map: the front matter is not keys and values",
          "write it like  tracker: {kind: linear}");
    } catch (MarkedYAMLException e) {
      var mark = e.getProblemMark();
      findings.error(
          mark == null ? 0 : mark.getLine() + 1,
          "",
          "workflow_parse_error: is not YAML here: " + e.getProblem(),
          "look at this line and the one before");
    } catch (YAMLException | StackOverflowError e) {
      findings.error(
          0,
          "",
          "workflow_parse_error: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
          "write the front matter as keys and values");
    }
    return null;
  }

  private static List<String> names(@Nullable MappingNode head) {
    return head == null
        ? List.of()
        : head.getValue().stream()
            .filter(entry -> !entry.getValueNode().getTag().equals(Tag.NULL))
            .map(entry -> entry.getKeyNode())
            .filter(ScalarNode.class::isInstance)
            .map(key -> ((ScalarNode) key).getValue())
            .toList();
  }

  /// The hook that Symphony clones in; what a hook may be is triage's to say.
  private static String cloning(@Nullable MappingNode head) {
    return Optional.ofNullable(head)
        .flatMap(map -> below(map, "hooks"))
        .flatMap(hooks ->
            hooks instanceof MappingNode map ? below(map, "after_create") : Optional.empty())
        .map(script -> script instanceof ScalarNode scalar ? scalar.getValue() : "")
        .orElse("");
  }

  private static Optional<Node> below(MappingNode map, String name) {
    return map.getValue().stream()
        .filter(
            entry -> entry.getKeyNode() instanceof ScalarNode key && key.getValue().equals(name))
        .map(entry -> entry.getValueNode())
        .findFirst();
  }

  private static Reading bad(Findings findings, String what, String fix) {
    findings.error(0, "", what, fix);
    return new Reading.Bad(findings.problems());
  }
}

package dev.millwright.triage.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.millwright.shared.settings.FrontMatter;
import dev.millwright.triage.port.RepositoryPolicy.Answer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Reads the `factory:` and `hooks:` sections in the front matter of a `WORKFLOW.md`. The file is a
/// stranger's: it is bounded in size, depth and length of text, and an alias is never expanded.
public final class WorkflowFile {
  private static final ObjectMapper YAML = new ObjectMapper(factory());

  private WorkflowFile() {}

  private static YAMLFactory factory() {
    var yaml = YAMLFactory.builder().loaderOptions(FrontMatter.limits()).build();
    yaml.setStreamReadConstraints(
        StreamReadConstraints.builder()
            .maxNestingDepth(FrontMatter.DEEPEST)
            .maxStringLength(FrontMatter.MOST_HEAD_CHARACTERS)
            .build());
    return yaml;
  }

  /// Reads the file as a commit has it.
  public static Answer read(byte[] bytes, String path, String commit) {
    if (bytes.length > FrontMatter.MOST_BYTES) {
      return new Answer.Unusable(
          path + " is larger than " + FrontMatter.MOST_BYTES / 1024 + " KiB");
    }
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      var front = frontMatter(text).map(WorkflowFile::parse).orElse(MissingNode.getInstance());
      var hooks = new HooksSection(front.path("hooks"), path);
      return new Answer.Found(new FactorySection(front.path("factory"), path).rules(hooks), commit);
    } catch (CharacterCodingException e) {
      return new Answer.Unusable(path + " is not UTF-8");
    } catch (Broken e) {
      return new Answer.Unusable(path + ": " + e.getMessage());
    }
  }

  private static Optional<String> frontMatter(String text) {
    var head = FrontMatter.of(text).head();
    if (head.length() > FrontMatter.MOST_HEAD_CHARACTERS) {
      throw new Broken(
          "the front matter is longer than " + FrontMatter.MOST_HEAD_CHARACTERS + " characters");
    }
    return head.isEmpty() ? Optional.empty() : Optional.of(head);
  }

  private static JsonNode parse(String front) {
    try {
      var tree = YAML.readTree(front);
      if (tree != null && !tree.isMissingNode() && !tree.isNull() && !tree.isObject()) {
        throw new Broken("the front matter must be keys and values");
      }
      return tree == null ? MissingNode.getInstance() : tree;
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      var line = at == null ? "" : "line " + (at.getLineNr() + 1) + ": ";
      throw new Broken(line + e.getOriginalMessage().lines().findFirst().orElse("not YAML"));
    } catch (StackOverflowError e) {
      throw new Broken("the front matter cannot be read");
    }
  }

  /// The file says something that cannot be followed.
  static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Broken(String message) {
      super(message);
    }
  }
}

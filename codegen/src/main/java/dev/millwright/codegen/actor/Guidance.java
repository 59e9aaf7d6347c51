package dev.millwright.codegen.actor;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millwright.codegen.domain.CodegenSettings.Workflow;
import dev.millwright.codegen.domain.Instructions;
import dev.millwright.codegen.port.Template;
import dev.millwright.shared.line.Assignment;
import dev.millwright.shared.settings.FrontMatter;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workspace.Mirror;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads what a repository tells its agents, from a commit of its base branch; its policy file only
/// where the operator has not brought one.
record Guidance(Template template) {
  private static final int DEEPEST = 5;
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
              .build());

  Instructions of(
      Mirror mirror, String commit, Assignment work, Contract contract, Workflow workflow)
      throws Template.Broken {
    var guides = new LinkedHashMap<String, String>();
    for (var path : Instructions.GUIDES) {
      text(mirror, commit, path).ifPresent(words -> guides.put(path, words));
    }
    return new Instructions(filled(policy(mirror, commit, workflow), work, contract), guides);
  }

  private static String policy(Mirror mirror, String commit, Workflow workflow) {
    var own = workflow.text();
    return own != null ? own : text(mirror, commit, workflow.path()).orElse("");
  }

  private String filled(String file, Assignment work, Contract contract) throws Template.Broken {
    var body = FrontMatter.of(file).body();
    return body.isEmpty()
        ? ""
        : template.render(
            body,
            Instructions.known(
                work.item(), work.context(), contract, work.counters(), Guidance::nested));
  }

  /// What a board said as JSON, as maps and lists; nothing where it is none.
  private static @Nullable Object nested(String json) {
    try {
      return JSON.readValue(json, Object.class);
    } catch (JsonProcessingException _) {
      return null;
    }
  }

  private static Optional<String> text(Mirror mirror, String commit, String path) {
    return mirror.readFile(commit, path).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }
}

package dev.millwright.codegen.actor;

import dev.millwright.codegen.domain.Instructions;
import dev.millwright.codegen.port.Template;
import dev.millwright.shared.line.Assignment;
import dev.millwright.shared.settings.FrontMatter;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workspace.Mirror;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Optional;

/// Reads what a repository tells its agents, from a commit of its base branch.
record Guidance(Template template) {
  Instructions of(Mirror mirror, String commit, Assignment work, Contract contract)
      throws Template.Broken {
    var guides = new LinkedHashMap<String, String>();
    for (var path : Instructions.GUIDES) {
      text(mirror, commit, path).ifPresent(words -> guides.put(path, words));
    }
    return new Instructions(workflow(mirror, commit, work, contract), guides);
  }

  private String workflow(Mirror mirror, String commit, Assignment work, Contract contract)
      throws Template.Broken {
    var body =
        text(mirror, commit, Instructions.WORKFLOW)
            .map(file -> FrontMatter.of(file).body())
            .orElse("");
    return body.isEmpty()
        ? ""
        : template.render(
            body, Instructions.known(work.item(), work.context(), contract, work.counters()));
  }

  private static Optional<String> text(Mirror mirror, String commit, String path) {
    return mirror.readFile(commit, path).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }
}

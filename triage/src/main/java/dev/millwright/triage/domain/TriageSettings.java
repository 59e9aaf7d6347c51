package dev.millwright.triage.domain;

import dev.millwright.shared.settings.AgentSettings;
import dev.millwright.shared.settings.PolicySettings;
import dev.millwright.shared.settings.RepoSettings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What triage may choose from, and the server's policy it must keep to.
public record TriageSettings(
    List<RepoSettings> repos, List<AgentSettings> agents, PolicySettings policy) {

  /// The kind of agent that needs a recipe instead of a model.
  public static final String RECIPES = "recipes";

  /// The agent that takes work as it was handed over; always there, never chosen for words.
  public static final String AS_IS = "as-is";

  public TriageSettings {
    repos = List.copyOf(repos);
    agents = List.copyOf(agents);
  }

  Optional<AgentSettings> agent(String name) {
    if (name.equalsIgnoreCase(AS_IS)) {
      return Optional.of(new AgentSettings(AS_IS, AS_IS, ""));
    }
    return agents.stream().filter(agent -> agent.name().equalsIgnoreCase(name)).findFirst();
  }

  Optional<AgentSettings> recipes() {
    return agents.stream().filter(agent -> agent.kind().equals(RECIPES)).findFirst();
  }

  /// The same with no agents that can act on words but these, in this order.
  TriageSettings only(List<String> names) {
    var left =
        names.stream()
            .flatMap(name -> agents.stream().filter(it -> it.name().equalsIgnoreCase(name)))
            .filter(forWords()::contains);
    return new TriageSettings(
        repos, Stream.concat(left, recipes().stream()).distinct().toList(), policy);
  }

  /// The agents that can act on words; the order in the configuration is the preference.
  List<AgentSettings> forWords() {
    return agents.stream().filter(agent -> !agent.kind().equals(RECIPES)).toList();
  }
}

package dev.millwright.shared.settings;

import dev.millwright.shared.settings.AgentSettings.Patience;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Who works on what a `WORKFLOW.md` brings: Codex as `codex:` says, unless `factory.agents` names
/// or describes others.
record SymphonyAgents(Findings findings, Surroundings place, Optional<FactorySettings> others) {
  private static final String CODEX = "codex";
  private static final AgentSettings RECIPES = new AgentSettings("recipes", "recipes", "");
  private static final int USUAL_TURNS = 20;
  private static final Set<String> USUAL = Set.of(CODEX, "claude", RECIPES.name());

  /// @param symphonys whether Codex does the work where nobody else is named
  Map<String, AgentSettings> agents(boolean symphonys) {
    var described = described().agents();
    var named = findings.names("factory.agents");
    var agents = new LinkedHashMap<String, AgentSettings>();
    for (var name : named.isEmpty() && symphonys && others.isEmpty() ? List.of(CODEX) : named) {
      if (described.containsKey(name)) {
        agents.put(name, described.get(name));
      } else if (others.isPresent() && others.get().agents().containsKey(name)) {
        agents.put(name, others.get().agents().get(name));
      } else if (USUAL.contains(name)) {
        agents.put(name, usual(name));
      } else {
        findings.error(
            findings.line("factory.agents." + name),
            "factory.agents",
            "'" + name + "' is no agent here",
            "describe it, like "
                + name
                + ": {kind: command, command: ./fix-it.sh}, or use "
                + String.join(", ", USUAL.stream().sorted().toList()));
      }
    }
    if (others.isEmpty()) {
      agents.putIfAbsent(RECIPES.name(), RECIPES);
    }
    return agents;
  }

  private AgentsAssembly described() {
    var factory = findings.below("factory");
    return new AgentsAssembly(factory, new ModelsAssembly(factory).models());
  }

  private AgentSettings usual(String name) {
    return switch (name) {
      case CODEX ->
          new AgentSettings(
              name,
              CODEX,
              findings.text("codex.command", "codex app-server"),
              model("openai", "openai-responses", "OPENAI", "https://api.openai.com/v1"),
              List.of(),
              findings.whole("agent.max_turns", USUAL_TURNS),
              patience());
      case "claude" ->
          new AgentSettings(
              name,
              name,
              name,
              model("anthropic", "anthropic-messages", "ANTHROPIC", "https://api.anthropic.com"),
              List.of(),
              findings.whole("agent.max_turns", USUAL_TURNS),
              patience());
      default -> RECIPES;
    };
  }

  private Patience patience() {
    return new Patience(
        millis("codex.read_timeout_ms", Patience.USUAL.start()),
        millis("codex.turn_timeout_ms", Patience.USUAL.turn()),
        millis("codex.stall_timeout_ms", Patience.USUAL.stall()));
  }

  /// Nothing is no limit.
  private Duration millis(String path, Duration preset) {
    return findings
        .value(path, Integer.class)
        .map(millis -> Duration.ofMillis(Math.max(0, millis)))
        .orElse(preset);
  }

  /// As the programs themselves find theirs: in the environment.
  private List<ModelSettings> model(String name, String protocol, String prefix, String address) {
    var described = described().speaking(protocol);
    if (!described.isEmpty()) {
      return described;
    }
    var key = place.environment().getOrDefault(prefix + "_API_KEY", "");
    if (key.isBlank()) {
      findings.error(
          0,
          "factory.models",
          "the environment variable "
              + prefix
              + "_API_KEY is not set, and "
              + protocol
              + " needs a key",
          "set it where the factory is started, or describe a model under factory.models, or other"
              + " agents under factory.agents");
      return List.of();
    }
    var said = place.environment().getOrDefault(prefix + "_BASE_URL", "");
    try {
      var web = new KeyType.Web().read(said.isBlank() ? address : said, place);
      return List.of(
          new ModelSettings(
              name,
              protocol,
              (URI) web,
              new Secret(key),
              "",
              new ModelSettings.Price(0, 0, 0),
              ModelSettings.Rate.UNLIMITED));
    } catch (KeyType.Mistake mistake) {
      findings.error(
          0,
          "factory.models",
          "$" + prefix + "_BASE_URL is not an http(s) address",
          "write it like " + address);
      return List.of();
    }
  }
}

package dev.millwright.shared.settings;

import dev.millwright.shared.settings.AgentSettings.Patience;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Agents with the models they may use.
record AgentsAssembly(Findings findings, Map<String, ModelSettings> models) {
  /// What is run where the file does not say.
  private static final Map<String, String> USUAL_COMMANDS =
      Map.of("codex", "codex app-server", "claude", "claude");

  /// The wire each agent can speak; any for the others.
  private static final Map<String, String> WIRES =
      Map.of("codex", "openai-responses", "claude", "anthropic-messages");

  private static final String BEST_OF = "best-of";
  private static final List<String> WITHOUT_MODEL = List.of("recipes", "command", BEST_OF);
  private static final List<String> WITHOUT_COMMAND = List.of("recipes", BEST_OF);

  Map<String, AgentSettings> agents() {
    var agents = new LinkedHashMap<String, AgentSettings>();
    for (var name : findings.names("agents")) {
      var kind = findings.text("agents." + name + ".kind", "");
      if (!kind.isEmpty()) {
        agents.put(
            name,
            new AgentSettings(
                name,
                kind,
                command(name, kind),
                used(name, kind),
                kind.equals(BEST_OF) ? entrants(name) : List.of(),
                findings.whole("agents." + name + ".max_turns", AgentSettings.USUAL_TURNS),
                patience("agents." + name + ".")));
      }
    }
    return agents;
  }

  private Patience patience(String at) {
    var usual = Patience.USUAL;
    return new Patience(
        some(at + "start_timeout", usual.start()),
        some(at + "turn_timeout", usual.turn()),
        findings.time(at + "stall_timeout", usual.stall()));
  }

  /// Not no time at all: nothing would ever start.
  private Duration some(String path, Duration preset) {
    var time = findings.time(path, preset);
    if (!time.isPositive()) {
      findings.error(findings.line(path), path, "is no time at all", "use at least 1s");
    }
    return time;
  }

  /// The models that are described and speak this.
  List<ModelSettings> speaking(String protocol) {
    return models().values().stream().filter(it -> it.protocol().equals(protocol)).toList();
  }

  private String command(String name, String kind) {
    var path = "agents." + name + ".command";
    var command = findings.text(path, USUAL_COMMANDS.getOrDefault(kind, ""));
    if (command.isEmpty() && !WITHOUT_COMMAND.contains(kind)) {
      var example = kind.equals("acp") ? "gemini --acp" : "./fix-it.sh";
      missing(name, path, "say what to run, like " + example);
    }
    return command;
  }

  /// Every agent that is named, as often as is said.
  private List<String> entrants(String name) {
    var path = "agents." + name + ".agents";
    var named = findings.texts(path).orElse(List.of());
    var times = findings.whole("agents." + name + ".n", 1);
    for (var entrant : named) {
      var kind = findings.text("agents." + entrant + ".kind", "");
      if (kind.isEmpty() || kind.equals(BEST_OF)) {
        findings.error(
            findings.line(path),
            path,
            "'" + entrant + "' is not an agent that could be asked",
            "name others under agents");
      }
    }
    var all = named.stream().flatMap(entrant -> Collections.nCopies(times, entrant).stream());
    var entrants = all.toList();
    if (entrants.size() < 2 || entrants.size() > AgentSettings.MOST_ENTRANTS) {
      findings.error(
          findings.line("agents." + name),
          path,
          entrants.size() + " would do the same work",
          "name 2 to %d agents, or one and n: 3".formatted(AgentSettings.MOST_ENTRANTS));
    }
    return entrants;
  }

  private List<ModelSettings> used(String name, String kind) {
    if (WITHOUT_MODEL.contains(kind)) {
      return List.of();
    }
    var path = "agents." + name + ".models";
    var names = findings.texts(path);
    var used = names.isPresent() ? named(path, kind, names.get()) : fitting(kind, models.values());
    if (used.isEmpty() && names.isEmpty()) {
      missing(
          name,
          path,
          "%s needs a model that speaks %s: add one under models"
              .formatted(kind, WIRES.getOrDefault(kind, "its protocol")));
    }
    return used;
  }

  /// Without a word about it, every model it can speak to.
  private static List<ModelSettings> fitting(String kind, Collection<ModelSettings> models) {
    return models.stream()
        .filter(model -> WIRES.getOrDefault(kind, model.protocol()).equals(model.protocol()))
        .toList();
  }

  private List<ModelSettings> named(String path, String kind, List<String> names) {
    return names.stream()
        .flatMap(model -> ModelsAssembly.named(findings, models, path, model).stream())
        .filter(model -> fits(path, kind, model))
        .toList();
  }

  private boolean fits(String path, String kind, ModelSettings model) {
    var needed = WIRES.getOrDefault(kind, model.protocol());
    if (!needed.equals(model.protocol())) {
      findings.error(
          findings.line(path),
          path,
          "'%s' speaks %s, and %s needs %s".formatted(model.name(), model.protocol(), kind, needed),
          "name a model whose protocol is " + needed);
    }
    return needed.equals(model.protocol());
  }

  private void missing(String name, String path, String fix) {
    findings.error(findings.line("agents." + name), path, "is missing", fix);
  }
}

package dev.millwright.shared.settings;

import dev.millwright.shared.settings.PolicySettings.AftercareSettings;
import dev.millwright.shared.settings.PolicySettings.Autonomy;
import dev.millwright.shared.workitem.Stage;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Puts values together, checks what no key can check alone, and fills in the defaults.
final class Assembly {
  private static final List<String> USED_KINDS = List.of("recipes", "command");

  private final Findings findings;
  private final Surroundings place;

  Assembly(Findings findings, Surroundings place) {
    this.findings = findings;
    this.place = place;
  }

  FactorySettings assemble() {
    var agents = agents();
    var defaults = FactorySettings.local(place.resolve("~/.millwright"), Map.of());
    return new FactorySettings(
        server(),
        storage(defaults.data()),
        repos(),
        agents.isEmpty() ? defaults.agents() : agents,
        sandbox(),
        policy(),
        line());
  }

  private ServerSettings server() {
    var tokens = new LinkedHashMap<String, Secret>();
    for (var name : findings.names("server.tokens")) {
      findings.value("server.tokens." + name, Secret.class).ifPresent(t -> tokens.put(name, t));
    }
    var server =
        new ServerSettings(
            text("server.host", ServerSettings.DEFAULT.host()),
            whole("server.port", ServerSettings.DEFAULT.port()),
            findings.value("server.public_url", URI.class).orElse(null),
            tokens);
    if (!server.loopback() && tokens.isEmpty()) {
      findings.warning(
          findings.line("server.host"),
          "server.host",
          "'"
              + server.host()
              + "' is open to other machines and there are no server.tokens:"
              + " whoever reaches it may approve work",
          "add server.tokens, or listen on 127.0.0.1");
    }
    return server;
  }

  private StorageSettings storage(Path defaultData) {
    return new StorageSettings(
        findings.value("data", Path.class).orElse(defaultData),
        findings.value("storage.url", String.class).orElse(null),
        text("storage.user", ""),
        findings.value("storage.password", Secret.class).orElse(Secret.NONE));
  }

  private Map<String, RepoSettings> repos() {
    var repos = new LinkedHashMap<String, RepoSettings>();
    for (var name : findings.names("repos")) {
      var at = "repos." + name + ".";
      var repo =
          new RepoSettings(
              name,
              text(at + "url", ""),
              text(at + "base", "main"),
              text(at + "forge", "local"),
              text(at + "workflow", "WORKFLOW.md"));
      checkForge(repo, at + "forge");
      repos.put(name, repo);
    }
    return repos;
  }

  private void checkForge(RepoSettings repo, String path) {
    if (repo.forge().equals("local")) {
      return;
    }
    var forges = findings.names("forges");
    if (!forges.contains(repo.forge())) {
      var guess = Spelling.nearest(repo.forge(), forges);
      findings.error(
          findings.line(path),
          path,
          "'" + repo.forge() + "' is not under forges",
          guess.map(name -> "did you mean " + name + "?").orElse("add it there, or use local"));
    }
  }

  private Map<String, AgentSettings> agents() {
    var agents = new LinkedHashMap<String, AgentSettings>();
    for (var name : findings.names("agents")) {
      var kind = text("agents." + name + ".kind", "");
      var path = "agents." + name + ".command";
      var command = text(path, "");
      if (kind.equals("command") && command.isEmpty()) {
        findings.error(
            findings.line("agents." + name),
            path,
            "is missing",
            "say what to run, like ./fix-it.sh");
      }
      if (USED_KINDS.contains(kind)) {
        agents.put(name, new AgentSettings(name, kind, command));
      }
    }
    return agents;
  }

  private SandboxSettings sandbox() {
    var preset = SandboxSettings.DEFAULT;
    var memory = findings.value("sandbox.memory", Long.class).orElse(preset.memoryBytes());
    if (memory < 64L << 20) {
      findings.error(
          findings.line("sandbox.memory"),
          "sandbox.memory",
          "'" + findings.shown("sandbox.memory") + "' is too little for any tool",
          "use at least 64m");
      memory = preset.memoryBytes();
    }
    return new SandboxSettings(
        SandboxSettings.Kind.valueOf(constant("sandbox.kind", preset.kind())),
        SandboxSettings.Network.valueOf(constant("sandbox.network", preset.network())),
        memory,
        whole("sandbox.pids", preset.pids()));
  }

  private PolicySettings policy() {
    var preset = PolicySettings.DEFAULT;
    return new PolicySettings(
        Autonomy.valueOf(constant("policy.autonomy", preset.autonomy())),
        findings
            .value("policy.boundary.deny", FileWalk.Texts.class)
            .map(FileWalk.Texts::values)
            .orElse(preset.deny()),
        whole("policy.boundary.max_files", preset.maxFiles()),
        whole("policy.boundary.max_lines", preset.maxLines()),
        whole("policy.budgets.item.attempts", preset.attempts()),
        findings
            .value("policy.budgets.item.minutes", Integer.class)
            .map(Duration::ofMinutes)
            .orElse(preset.itemTime()),
        aftercare());
  }

  private AftercareSettings aftercare() {
    var probe = text("policy.aftercare.probe", "");
    var every = time("policy.aftercare.every", Duration.ofSeconds(30));
    var window = time("policy.aftercare.window", Duration.ofMinutes(30));
    if (!every.isPositive()) {
      findings.error(
          findings.line("policy.aftercare.every"),
          "policy.aftercare.every",
          "'" + findings.shown("policy.aftercare.every") + "' is no time at all",
          "use at least 1s");
    }
    return probe.isEmpty() ? AftercareSettings.NONE : new AftercareSettings(probe, window, every);
  }

  private LineSettings line() {
    var capacity = new EnumMap<Stage, Integer>(Stage.class);
    for (var stage : Stage.values()) {
      capacity.put(stage, whole("line." + stage.wire(), LineSettings.DEFAULT.of(stage)));
    }
    return new LineSettings(capacity, whole("line.signals", LineSettings.DEFAULT.signals()));
  }

  private String text(String path, String preset) {
    return findings.value(path, String.class).orElse(preset);
  }

  private int whole(String path, int preset) {
    return findings.value(path, Integer.class).orElse(preset);
  }

  private Duration time(String path, Duration preset) {
    return findings.value(path, Duration.class).orElse(preset);
  }

  private String constant(String path, Enum<?> preset) {
    return text(path, preset.name()).toUpperCase(Locale.ROOT).replace('-', '_');
  }
}

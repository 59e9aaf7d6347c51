package dev.millwright.shared.settings;

import dev.millwright.shared.workitem.Stage;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// Puts values together, checks what no key can check alone, and fills in the defaults.
final class Assembly {
  private final Findings findings;
  private final Surroundings place;

  Assembly(Findings findings, Surroundings place) {
    this.findings = findings;
    this.place = place;
  }

  FactorySettings assemble() {
    var models = new ModelsAssembly(findings).models();
    var agents = new AgentsAssembly(findings, models).agents();
    var repos = repos();
    var webhooks = new WebhooksAssembly(findings, repos.keySet());
    var defaults = FactorySettings.local(place.resolve("~/.millwright"), Map.of());
    return new FactorySettings(
        server(),
        storage(defaults.data()),
        repos,
        agents.isEmpty() ? defaults.agents() : agents,
        sandbox(),
        new PolicyAssembly(findings, models).policy(),
        line(),
        new BoardsAssembly(findings, place)
            .intake(repos)
            .with(webhooks.webhooks(), webhooks.triggers()));
  }

  private ServerSettings server() {
    var tokens = new LinkedHashMap<String, Secret>();
    for (var name : findings.names("server.tokens")) {
      findings.value("server.tokens." + name, Secret.class).ifPresent(t -> tokens.put(name, t));
    }
    var server =
        new ServerSettings(
            findings.text("server.host", ServerSettings.DEFAULT.host()),
            findings.whole("server.port", ServerSettings.DEFAULT.port()),
            findings.value("server.public_url", URI.class).orElse(null),
            tokens);
    warnOfOpen(findings, server);
    return server;
  }

  static void warnOfOpen(Findings findings, ServerSettings server) {
    if (!server.loopback() && server.tokens().isEmpty()) {
      findings.warning(
          findings.line("server.host"),
          "server.host",
          "'"
              + server.host()
              + "' is open to other machines and there are no server.tokens:"
              + " whoever reaches it may approve work",
          "add server.tokens, or listen on 127.0.0.1");
    }
  }

  private StorageSettings storage(Path defaultData) {
    return new StorageSettings(
        findings.value("data", Path.class).orElse(defaultData),
        findings.value("storage.url", String.class).orElse(null),
        findings.text("storage.user", ""),
        findings.value("storage.password", Secret.class).orElse(Secret.NONE));
  }

  private Map<String, RepoSettings> repos() {
    var repos = new LinkedHashMap<String, RepoSettings>();
    for (var name : findings.names("repos")) {
      var at = "repos." + name + ".";
      var repo =
          new RepoSettings(
              name,
              findings.text(at + "url", ""),
              findings.text(at + "base", "main"),
              findings.text(at + "forge", "local"),
              findings.text(at + "workflow", "WORKFLOW.md"));
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

  private SandboxSettings sandbox() {
    var preset = SandboxSettings.DEFAULT;
    var kind = findings.constant("sandbox.kind", preset.kind());
    var image = findings.text("sandbox.image", preset.image());
    if (kind == SandboxSettings.Kind.DOCKER && image.isEmpty()) {
      findings.error(
          findings.line("sandbox.kind"),
          "sandbox.kind",
          "'docker' needs an image to make containers from",
          "name one that is on this machine as sandbox.image");
      kind = preset.kind();
    }
    return new SandboxSettings(
        kind,
        image,
        network(kind),
        size("sandbox.memory", preset.memoryBytes()),
        findings.whole("sandbox.pids", preset.pids()),
        size("sandbox.disk", preset.diskBytes()),
        findings
            .value("sandbox.cpus", BigDecimal.class)
            .map(BigDecimal::doubleValue)
            .orElse(preset.cpus()));
  }

  private long size(String path, long preset) {
    var size = findings.value(path, Long.class).orElse(preset);
    if (size < 64L << 20) {
      findings.error(
          findings.line(path),
          path,
          "'" + findings.shown(path) + "' is too little for any tool",
          "use at least 64m");
      return preset;
    }
    return size;
  }

  /// Without isolation everything reaches what this machine reaches; a file that says otherwise
  /// would be believed and not obeyed.
  private SandboxSettings.Network network(SandboxSettings.Kind kind) {
    var open = kind == SandboxSettings.Kind.NONE;
    var preset = open ? SandboxSettings.Network.HOST : SandboxSettings.DEFAULT.network();
    var network = findings.constant("sandbox.network", preset);
    if (open && network != SandboxSettings.Network.HOST) {
      findings.error(
          findings.line("sandbox.network"),
          "sandbox.network",
          "'" + findings.shown("sandbox.network") + "' cannot be held where sandbox.kind is none",
          "set sandbox.kind to auto, or sandbox.network to host");
    }
    return network;
  }

  private Duration longestPause(String path) {
    var pause = findings.time(path, LineSettings.DEFAULT.longestPause());
    if (!pause.isPositive()) {
      findings.error(findings.line(path), path, "is no time at all", "use at least 1s");
      return LineSettings.DEFAULT.longestPause();
    }
    return pause;
  }

  private LineSettings line() {
    var capacity = new EnumMap<Stage, Integer>(Stage.class);
    for (var stage : Stage.values()) {
      capacity.put(stage, findings.whole("line." + stage.wire(), LineSettings.DEFAULT.of(stage)));
    }
    return new LineSettings(
        capacity,
        findings.whole("line.signals", LineSettings.DEFAULT.signals()),
        longestPause("line.max_retry_backoff"));
  }
}

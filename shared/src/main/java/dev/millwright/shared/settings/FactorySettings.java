package dev.millwright.shared.settings;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Everything an operator decides about one factory; made by [SettingsFile], true in itself.
public record FactorySettings(
    ServerSettings server,
    StorageSettings storage,
    Map<String, RepoSettings> repos,
    Map<String, AgentSettings> agents,
    SandboxSettings sandbox,
    PolicySettings policy,
    LineSettings line,
    IntakeSettings intake) {

  public FactorySettings {
    repos = Collections.unmodifiableMap(new LinkedHashMap<>(repos));
    agents = Collections.unmodifiableMap(new LinkedHashMap<>(agents));
    if (agents.isEmpty()) {
      throw new IllegalArgumentException("agents must name at least one agent");
    }
  }

  /// A factory of defaults with its embedded database under `data`.
  public static FactorySettings local(Path data, Map<String, RepoSettings> repos) {
    return new FactorySettings(
        ServerSettings.DEFAULT,
        StorageSettings.embedded(data),
        repos,
        Map.of("recipes", new AgentSettings("recipes", "recipes", "")),
        SandboxSettings.DEFAULT,
        PolicySettings.DEFAULT,
        LineSettings.DEFAULT,
        IntakeSettings.NONE);
  }

  /// The data directory.
  public Path data() {
    return storage.data();
  }

  /// These, on what a running factory stands on.
  FactorySettings foundedOn(FactorySettings running) {
    return new FactorySettings(
        running.server,
        running.storage,
        repos,
        agents,
        sandbox.inside(running.sandbox),
        policy,
        line,
        intake);
  }

  public FactorySettings withServer(ServerSettings newServer) {
    return new FactorySettings(newServer, storage, repos, agents, sandbox, policy, line, intake);
  }

  public FactorySettings withData(Path data) {
    return new FactorySettings(
        server, storage.withData(data), repos, agents, sandbox, policy, line, intake);
  }

  public FactorySettings withRepos(Map<String, RepoSettings> newRepos) {
    return new FactorySettings(server, storage, newRepos, agents, sandbox, policy, line, intake);
  }

  public FactorySettings withAgents(Map<String, AgentSettings> newAgents) {
    return new FactorySettings(server, storage, repos, newAgents, sandbox, policy, line, intake);
  }

  public FactorySettings withIntake(IntakeSettings newIntake) {
    return new FactorySettings(server, storage, repos, agents, sandbox, policy, line, newIntake);
  }

  public FactorySettings withPolicy(PolicySettings newPolicy) {
    return new FactorySettings(server, storage, repos, agents, sandbox, newPolicy, line, intake);
  }
}

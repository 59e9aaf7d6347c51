package dev.millwright.app;

import dev.millwright.codegen.actor.CodegenStage;
import dev.millwright.codegen.adapter.AsIsAgent;
import dev.millwright.codegen.adapter.CommandAgent;
import dev.millwright.codegen.adapter.RecipesAgent;
import dev.millwright.codegen.domain.CodegenSettings;
import dev.millwright.codegen.port.Agent;
import dev.millwright.release.actor.ReleaseStage;
import dev.millwright.release.adapter.LocalForge;
import dev.millwright.release.port.Verifier;
import dev.millwright.shared.settings.AgentSettings;
import dev.millwright.triage.actor.TriageStage;
import dev.millwright.triage.adapter.MirrorRepositoryPolicy;
import dev.millwright.triage.domain.TriageSettings;
import java.util.List;
import java.util.stream.Collectors;

/// Which adapter stands behind which port.
final class Wiring {
  private static final String LOCAL = "local";

  private Wiring() {}

  static TriageStage triage(Workshop workshop) {
    var settings = workshop.settings();
    var triage =
        new TriageSettings(
            List.copyOf(settings.repos().values()),
            List.copyOf(settings.agents().values()),
            settings.policy());
    return new TriageStage(() -> triage, new MirrorRepositoryPolicy(workshop::mirror));
  }

  static CodegenStage codegen(Workshop workshop) {
    var agents =
        workshop.settings().agents().values().stream()
            .collect(Collectors.toMap(AgentSettings::name, agent -> agent(workshop, agent)));
    agents.put(TriageSettings.AS_IS, new AsIsAgent(TriageSettings.AS_IS));
    return new CodegenStage(
        CodegenSettings.of(workshop.settings().policy()),
        agents,
        workshop::mirror,
        workshop.workspaces(),
        workshop.sandbox(),
        workshop.clock());
  }

  static ReleaseStage release(Workshop workshop, Verifier verifier) {
    var forge =
        new LocalForge(
            LOCAL,
            workshop.data(),
            name ->
                workshop
                    .repo(name)
                    .map(repo -> new LocalForge.Target(repo.url(), workshop.mirror(repo))),
            workshop.clock());
    return new ReleaseStage(
        name ->
            workshop
                .repo(name)
                .map(repo -> new ReleaseStage.Place(repo, workshop.mirror(repo), forge)),
        verifier,
        workshop.clock());
  }

  private static Agent agent(Workshop workshop, AgentSettings agent) {
    return agent.kind().equals(TriageSettings.RECIPES)
        ? new RecipesAgent(
            agent.name(), workshop.sandbox(), workshop.limits(), RecipesAgent.Jvm.ofThisProcess())
        : new CommandAgent(agent, workshop.sandbox(), workshop.limits());
  }
}

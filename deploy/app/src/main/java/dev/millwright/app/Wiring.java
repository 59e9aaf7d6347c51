package dev.millwright.app;

import dev.millwright.codegen.actor.CodegenStage;
import dev.millwright.codegen.adapter.AsIsAgent;
import dev.millwright.codegen.adapter.CommandAgent;
import dev.millwright.codegen.adapter.LiquidTemplate;
import dev.millwright.codegen.adapter.RecipesAgent;
import dev.millwright.codegen.adapter.gateway.Budgets;
import dev.millwright.codegen.adapter.gateway.HttpGateway;
import dev.millwright.codegen.adapter.gateway.Ledger;
import dev.millwright.codegen.adapter.gateway.Upstream;
import dev.millwright.codegen.adapter.session.SessionAgent;
import dev.millwright.codegen.domain.CodegenSettings;
import dev.millwright.codegen.port.Agent;
import dev.millwright.codegen.port.Jury;
import dev.millwright.docs.actor.DocumentationStage;
import dev.millwright.docs.domain.Scope;
import dev.millwright.monitoring.actor.MonitoringStage;
import dev.millwright.monitoring.adapter.SandboxProbe;
import dev.millwright.release.actor.ReleaseStage;
import dev.millwright.release.adapter.LocalForge;
import dev.millwright.release.port.Forge;
import dev.millwright.release.port.Verifier;
import dev.millwright.shared.journal.Database;
import dev.millwright.shared.journal.JournalViews;
import dev.millwright.shared.journal.LiveFeed;
import dev.millwright.shared.line.Line;
import dev.millwright.shared.settings.AgentSettings;
import dev.millwright.shared.settings.FactorySettings;
import dev.millwright.shared.settings.ModelSettings;
import dev.millwright.shared.settings.PolicySettings.AftercareSettings;
import dev.millwright.shared.settings.SettingsWatch;
import dev.millwright.shared.workspace.Mirrors;
import dev.millwright.shared.workspace.Network;
import dev.millwright.triage.actor.TriageStage;
import dev.millwright.triage.adapter.JournalMemory;
import dev.millwright.triage.adapter.MirrorRepositoryPolicy;
import dev.millwright.triage.adapter.ModelJudge;
import dev.millwright.triage.adapter.board.BoardMaker;
import dev.millwright.triage.adapter.board.BoardNetwork;
import dev.millwright.triage.adapter.webhook.Webhooks;
import dev.millwright.triage.domain.RepositoryRules;
import dev.millwright.triage.domain.Triage;
import dev.millwright.triage.domain.TriageSettings;
import dev.millwright.triage.port.BaseChecks;
import dev.millwright.triage.port.Boards;
import dev.millwright.triage.port.Memory;
import dev.millwright.triage.port.RepositoryPolicy;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Which adapter stands behind which port.
final class Wiring {
  private static final String LOCAL = "local";

  private Wiring() {}

  /// What repositories say of themselves, for all stages that ask.
  static RepositoryPolicy policies(Workshop workshop) {
    return new MirrorRepositoryPolicy(workshop::mirror);
  }

  static TriageStage triage(Workshop workshop, RepositoryPolicy policies, BaseChecks checks) {
    var journal = workshop.memory();
    return new TriageStage(
        () -> choices(workshop.settings()),
        policies,
        new Memory(
            journal,
            journal,
            journal,
            checks,
            new ModelJudge(work -> SecondOpinion.line(workshop, work))));
  }

  /// What triage reads of other items.
  static JournalMemory memory(SettingsWatch live, JournalViews views, LiveFeed feed, Clock clock)
      throws IOException {
    return JournalMemory.start(
        views,
        feed,
        views::known,
        context -> Triage.repository(context, choices(live.get())),
        live.get().data().resolve("index"),
        clock);
  }

  private static TriageSettings choices(FactorySettings settings) {
    return new TriageSettings(
        List.copyOf(settings.repos().values()),
        List.copyOf(settings.agents().values()),
        settings.policy());
  }

  /// Makes boards of every kind there is.
  static OpenBoards.Opening boards(SettingsWatch live, BoardNetwork network, Clock clock) {
    var trackers = new BoardMaker(network, System.getenv());
    return new BoardKinds(live, trackers, new Mirrors(live.get().data()), clock);
  }

  static CodegenStage codegen(Workshop workshop, Jury jury) {
    return new CodegenStage(
        () -> CodegenSettings.of(workshop.settings()),
        name -> agents(workshop, name),
        workshop::mirror,
        workshop.workspaces(),
        workshop.sandbox(),
        new LiquidTemplate(),
        jury,
        workshop.clock(),
        new BoardTickets(workshop.boards().source(), workshop.boards().ledger()));
  }

  static Forge forge(SettingsWatch live, Mirrors mirrors, Clock clock) {
    return new LocalForge(
        LOCAL,
        live.get().data(),
        name ->
            Optional.ofNullable(live.get().repos().get(name))
                .map(repo ->
                    new LocalForge.Target(repo.url(), mirrors.mirror(repo.name(), repo.url()))),
        clock);
  }

  static ReleaseStage release(Workshop workshop, Verifier verifier) {
    return new ReleaseStage(
        name ->
            workshop
                .repo(name)
                .map(repo -> new ReleaseStage.Place(repo, workshop.mirror(repo), workshop.forge())),
        () -> workshop.settings().policy(),
        verifier,
        workshop.clock());
  }

  /// Where a repository's file cannot be read, all of its documentation is looked after.
  static DocumentationStage documentation(Workshop workshop, RepositoryPolicy policies) {
    return new DocumentationStage(
        workshop::mirror,
        name ->
            rules(workshop, policies, name)
                .map(rules -> rules.reach().documentation())
                .map(said -> new Scope(said.wanted(), said.paths()))
                .orElse(Scope.ALL));
  }

  /// The server's watch and the repository's own; the latter by a command in the sandbox only.
  static MonitoringStage monitoring(Workshop workshop, RepositoryPolicy policies) {
    return new MonitoringStage(
        name -> watches(workshop, policies, name),
        new SandboxProbe(
            workshop::mirror,
            workshop.workspaces(),
            workshop.sandbox(),
            workshop.data().resolve("probes")),
        workshop.clock());
  }

  private static List<AftercareSettings> watches(
      Workshop workshop, RepositoryPolicy policies, String name) {
    var own = rules(workshop, policies, name).flatMap(RepositoryRules::aftercare);
    return Stream.concat(Stream.of(workshop.settings().policy().aftercare()), own.stream())
        .filter(watch -> !watch.probe().isBlank())
        .toList();
  }

  private static Optional<RepositoryRules> rules(
      Workshop workshop, RepositoryPolicy policies, String name) {
    return workshop
        .repo(name)
        .map(policies::read)
        .flatMap(answer ->
            answer instanceof RepositoryPolicy.Answer.Found(var rules, _)
                ? Optional.of(rules)
                : Optional.empty());
  }

  /// Whoever does the work of this name: nobody, one, or several at the same time.
  private static List<Agent> agents(Workshop workshop, String name) {
    if (name.equals(TriageSettings.AS_IS)) {
      return List.of(new AsIsAgent(name));
    }
    var known = workshop.settings().agents();
    return Optional.ofNullable(known.get(name)).stream()
        .flatMap(agent ->
            agent.entrants().isEmpty()
                ? Stream.of(agent)
                : agent.entrants().stream().map(known::get).filter(Objects::nonNull))
        .map(agent -> agent(workshop, agent))
        .toList();
  }

  private static Agent agent(Workshop workshop, AgentSettings agent) {
    return switch (agent.kind()) {
      case TriageSettings.RECIPES ->
          new RecipesAgent(
              agent.name(),
              workshop.sandbox(),
              workshop.limits(),
              RecipesAgent.Jvm.ofThisProcess());
      case "codex" ->
          SessionAgent.codex(agent.name(), agent.command(), model(agent), ground(workshop, agent));
      case "claude" ->
          SessionAgent.claude(agent.name(), agent.command(), model(agent), ground(workshop, agent));
      case "acp" ->
          SessionAgent.acp(agent.name(), agent.command(), model(agent), ground(workshop, agent));
      default ->
          new CommandAgent(
              agent,
              workshop.sandbox(),
              workshop.limits(),
              Network.ofAgents(workshop.settings().sandbox()));
    };
  }

  private static String model(AgentSettings agent) {
    return agent.models().isEmpty() ? "" : agent.models().getFirst().model();
  }

  private static SessionAgent.Ground ground(Workshop workshop, AgentSettings agent) {
    return new SessionAgent.Ground(
        workshop.sandbox(),
        workshop.limits(),
        workshop.gateway(),
        workshop.data().resolve("homes"),
        System.getenv().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin"),
        agent.patience(),
        workshop.clock(),
        workshop.settings().sandbox().network());
  }

  static Webhooks webhooks(
      SettingsWatch live, Database database, Line line, Boards boards, Clock clock) {
    return Webhooks.start(
        () -> live.get().intake(),
        () -> live.get().policy().keep().deliveries(),
        database,
        line.items(),
        boards,
        clock);
  }

  static HttpGateway gateway(SettingsWatch live, Clock clock) throws IOException {
    var data = live.get().data();
    return HttpGateway.start(
        name -> models(live.get(), name).flatMap(model -> Upstream.of(model).stream()).toList(),
        new Budgets(Ledger.open(data.resolve("spending"), clock), () -> most(live.get())),
        data.resolve("exchanges"),
        clock);
  }

  private static Stream<ModelSettings> models(FactorySettings settings, String name) {
    return name.equals(SecondOpinion.NAME)
        ? Stream.ofNullable(settings.policy().triage().model())
        : Optional.ofNullable(settings.agents().get(name)).stream()
            .flatMap(agent -> agent.models().stream());
  }

  private static Budgets.Most most(FactorySettings settings) {
    var budget = settings.policy().budget();
    return new Budgets.Most(budget.tokens(), budget.microDollars(), budget.dayMicroDollars());
  }
}

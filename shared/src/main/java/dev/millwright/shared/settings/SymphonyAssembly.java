package dev.millwright.shared.settings;

import dev.millwright.shared.settings.BoardSettings.Pace;
import dev.millwright.shared.settings.BoardSettings.Selection;
import dev.millwright.shared.workitem.Stage;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Puts a factory together from what a `WORKFLOW.md` says.
///
/// @param others settings that were read before
/// @param sections the names of what the front matter has
/// @param cloning the hook that Symphony clones in, empty without one
record SymphonyAssembly(
    Findings findings,
    Surroundings place,
    SymphonyFile.Written written,
    Optional<FactorySettings> others,
    List<String> sections,
    String cloning) {
  /// Whoever writes one of these means Symphony's: they are about tickets and who works on them.
  private static final List<String> SYMPHONYS = List.of("tracker", "polling", "agent", "codex");

  private static final Duration USUAL_PAUSE = Duration.ofMinutes(5);

  private static final List<String> LINEARS =
      List.of("endpoint", "api_key", "project_slug", "assignee");

  /// Empty where something is missing that no factory can do without; then that was said.
  Optional<FactorySettings> assemble() {
    boolean symphonys = symphonys();
    var repo =
        new SymphonyRepository(findings, place, written, cloning)
            .find(others, symphonys ? written.text() : null);
    var agents = new SymphonyAgents(findings, place, others).agents(symphonys);
    var board = symphonys ? board(repo.map(RepoSettings::name).orElse(null)) : null;
    if (repo.isEmpty()) {
      return Optional.empty();
    }
    var base = others.orElseGet(() -> alone(agents));
    return Optional.of(
        base.withRepos(with(base.repos(), repo.get().name(), repo.get()))
            .withAgents(others.isPresent() ? both(base.agents(), agents) : agents)
            .withIntake(intake(base.intake(), board))
            .withPolicy(policy(base.policy())));
  }

  private boolean symphonys() {
    return sections.stream().anyMatch(SYMPHONYS::contains);
  }

  private static <T> Map<String, T> with(Map<String, T> known, String name, T more) {
    return both(known, Map.of(name, more));
  }

  private static <T> Map<String, T> both(Map<String, T> known, Map<String, T> more) {
    var all = new LinkedHashMap<>(known);
    all.putAll(more);
    return all;
  }

  /// Where agents may put tickets, beside what other settings say.
  private PolicySettings policy(PolicySettings known) {
    var intents = known.intents();
    var states = new LinkedHashSet<>(intents.ticketStates());
    states.addAll(states("factory.board.ticket_states"));
    return known.with(
        new PolicySettings.Intents(intents.comments(), intents.followUps(), List.copyOf(states)));
  }

  private IntakeSettings intake(IntakeSettings known, @Nullable BoardSettings board) {
    if (board == null) {
      return known;
    }
    if (known.boards().containsKey(board.name())) {
      findings.error(
          findings.line("tracker.kind"),
          "tracker.kind",
          "the other settings have a board '" + board.name() + "' already",
          "give that one another name");
    }
    return new IntakeSettings(with(known.boards(), board.name(), board));
  }

  private FactorySettings alone(Map<String, AgentSettings> agents) {
    var preset = FactorySettings.local(place.resolve("~/.millwright"), Map.of());
    var server =
        new ServerSettings(
            findings.text("server.host", preset.server().host()),
            findings.whole("server.port", preset.server().port()),
            null,
            Map.of());
    Assembly.warnOfOpen(findings, server);
    return new FactorySettings(
        server,
        preset
            .storage()
            .withWorkspaces(place.named(findings.text("workspace.root", "")).orElse(null)),
        Map.of(),
        agents.isEmpty() ? preset.agents() : agents,
        preset.sandbox(),
        preset.policy(),
        line(preset.line()),
        IntakeSettings.NONE);
  }

  private LineSettings line(LineSettings preset) {
    var capacity = new EnumMap<Stage, Integer>(preset.capacity());
    if (symphonys()) {
      capacity.put(Stage.CODEGEN, most());
    }
    return new LineSettings(
        capacity,
        preset.signals(),
        millis("agent.max_retry_backoff_ms")
            .orElse(symphonys() ? USUAL_PAUSE : preset.longestPause()));
  }

  private int most() {
    return findings.whole("agent.max_concurrent_agents", BoardsAssembly.USUAL.most());
  }

  private Optional<Duration> millis(String path) {
    return findings.value(path, Integer.class).map(Duration::ofMillis);
  }

  private @Nullable BoardSettings board(@Nullable String repo) {
    var kind = findings.text("tracker.kind", "");
    if (!BoardKeys.KINDS.contains(kind)) {
      var all = String.join(", ", BoardKeys.KINDS);
      findings.error(
          findings.line("tracker.kind"),
          "tracker.kind",
          kind.isEmpty()
              ? "missing_tracker_kind: is missing"
              : "unsupported_tracker_kind: '" + kind + "' is not one of " + all,
          Spelling.nearest(kind, BoardKeys.KINDS)
              .filter(_ -> !kind.isEmpty())
              .map(guess -> "did you mean " + guess + "?")
              .orElse("use one of " + all));
      return null;
    }
    return new BoardSettings(
        kind,
        kind,
        repo,
        provider(kind),
        new Selection(
            states("tracker.active_states"),
            states("tracker.terminal_states"),
            findings
                .texts("tracker.required_labels")
                .map(BoardsAssembly::folded)
                .orElse(List.of())),
        new Pace(
            millis("polling.interval_ms").orElse(BoardsAssembly.USUAL.every()),
            most(),
            byState("agent.max_concurrent_agents_by_state")),
        new BoardsAssembly(findings, place).writeBack("factory.board"));
  }

  /// Linear's keys stood beside its kind before there were other kinds.
  private Map<String, Object> provider(String kind) {
    var provider = new LinkedHashMap<>(findings.entries("tracker.provider"));
    if (kind.equals("linear")) {
      LINEARS.forEach(key ->
          findings
              .value("tracker." + key, String.class)
              .ifPresent(value -> provider.putIfAbsent(key, value)));
    }
    return new BoardsAssembly(findings, place).provider("tracker.provider", kind, provider);
  }

  private List<String> states(String path) {
    return findings.texts(path).orElse(List.of()).stream()
        .map(String::strip)
        .filter(state -> !state.isEmpty())
        .toList();
  }

  private Map<String, Integer> byState(String path) {
    var counts = new LinkedHashMap<String, Integer>();
    findings
        .entries(path)
        .forEach((state, count) -> {
          var most = String.valueOf(count);
          if (most.matches("[0-9]{1,9}") && Integer.parseInt(most) > 0) {
            counts.put(BoardsAssembly.folded(state), Integer.parseInt(most));
          } else {
            findings.warning(
                findings.line(path),
                path + "." + state,
                "'" + most + "' is ignored",
                "write a whole number, at least 1");
          }
        });
    return counts;
  }
}

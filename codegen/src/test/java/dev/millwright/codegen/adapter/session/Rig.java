package dev.millwright.codegen.adapter.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.millwright.codegen.actor.CodegenStage;
import dev.millwright.codegen.adapter.CommandAgent;
import dev.millwright.codegen.adapter.LiquidTemplate;
import dev.millwright.codegen.adapter.gateway.Budgets;
import dev.millwright.codegen.adapter.gateway.HttpGateway;
import dev.millwright.codegen.adapter.gateway.Ledger;
import dev.millwright.codegen.adapter.gateway.Upstream;
import dev.millwright.codegen.adapter.scripted.ScriptedModel;
import dev.millwright.codegen.domain.CodegenSettings;
import dev.millwright.codegen.domain.Words;
import dev.millwright.codegen.port.Agent;
import dev.millwright.codegen.port.AgentEvent;
import dev.millwright.codegen.port.AgentOutcome;
import dev.millwright.codegen.port.AgentSession;
import dev.millwright.codegen.port.Brief;
import dev.millwright.shared.settings.AgentSettings;
import dev.millwright.shared.settings.ModelSettings;
import dev.millwright.shared.settings.PolicySettings;
import dev.millwright.shared.settings.SandboxSettings;
import dev.millwright.shared.settings.Secret;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workspace.Author;
import dev.millwright.shared.workspace.Box;
import dev.millwright.shared.workspace.Command;
import dev.millwright.shared.workspace.Detection;
import dev.millwright.shared.workspace.FileChange;
import dev.millwright.shared.workspace.Limits;
import dev.millwright.shared.workspace.Mirror;
import dev.millwright.shared.workspace.Mirrors;
import dev.millwright.shared.workspace.Network;
import dev.millwright.shared.workspace.OutputListener;
import dev.millwright.shared.workspace.Running;
import dev.millwright.shared.workspace.Sandbox;
import dev.millwright.shared.workspace.SandboxKind;
import dev.millwright.shared.workspace.Sandboxes;
import dev.millwright.shared.workspace.TakeOut;
import dev.millwright.shared.workspace.Workspace;
import dev.millwright.shared.workspace.Workspaces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/// A repository, a workspace, a sandbox, a gateway, and a scripted model behind it.
final class Rig implements AutoCloseable {
  static final Duration LIMIT = Duration.ofDays(1);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  static final ItemId ITEM = new ItemId("task-1");

  final ScriptedModel model;
  final Workspace workspace;
  final List<AgentEvent> heard = new CopyOnWriteArrayList<>();
  final Path folder;
  final SkippingClock clock = new SkippingClock();
  private final Workspaces workspaces;
  private final Set<ProcessHandle> seen = ConcurrentHashMap.newKeySet();
  private final Watched sandbox;
  private final Mirror mirror;
  private final HttpGateway gateway;
  private final SessionAgent.Ground ground;

  Rig(Path folder, Map<String, String> files) throws IOException, InterruptedException {
    this.folder = folder;
    var remote = Files.createDirectories(folder.resolve("remote"));
    git(remote, "init", "-q", "-b", "main", ".");
    for (var file : files.entrySet()) {
      var target = remote.resolve(file.getKey());
      Files.createDirectories(java.util.Objects.requireNonNull(target.getParent()));
      Files.writeString(target, file.getValue());
    }
    git(remote, "add", "-A");
    git(remote, "commit", "-q", "-m", "first");
    var data = Files.createDirectories(folder.resolve("data"));
    var mirrors = new Mirrors(data);
    this.mirror = mirrors.mirror("orders", remote.toString());
    mirror.refresh();
    var base = mirror.resolve("refs/heads/main").orElseThrow();
    this.workspaces = new Workspaces(data, mirrors);
    this.workspace = workspaces.create(ITEM.value(), 1, mirror, base);
    this.model = ScriptedModel.start();
    var ledger = Ledger.open(data.resolve("spending"), clock);
    this.gateway =
        HttpGateway.start(
            _ -> upstreams(model),
            new Budgets(ledger, () -> Budgets.Most.UNLIMITED),
            data.resolve("exchanges"),
            clock);
    var programs = InstalledAgents.programs();
    this.sandbox =
        new Watched(
            detected(data),
            List.of(programs.resolveSibling(""), folder.resolve("talkative")),
            new CopyOnWriteArrayList<>());
    this.ground =
        new SessionAgent.Ground(
            sandbox,
            Limits.DEFAULT,
            gateway,
            data.resolve("homes"),
            programs + ":/usr/local/bin:/usr/bin:/bin",
            AgentSettings.Patience.USUAL,
            clock);
  }

  /// One model for every wire.
  private static List<Upstream> upstreams(ScriptedModel model) {
    return Stream.of("openai-responses", "openai-chat", "anthropic-messages", "gemini")
        .map(protocol ->
            new ModelSettings(
                "scripted",
                protocol,
                model.url(),
                new Secret(ScriptedModel.KEY),
                "",
                new ModelSettings.Price(1, 0.1, 10),
                ModelSettings.Rate.UNLIMITED))
        .flatMap(settings -> Upstream.of(settings).stream())
        .toList();
  }

  private static Sandbox detected(Path data) {
    return switch (Sandboxes.detect(SandboxKind.AUTO, data)) {
      case Detection.Available(var found) -> found;
      case Detection.Missing(var reason, _) -> throw new IllegalStateException(reason);
    };
  }

  /// The real sandbox, where all agents' programs can be seen, and every run is known.
  private record Watched(Sandbox real, List<Path> shown, List<Running> started) implements Sandbox {
    @Override
    public String name() {
      return real.name();
    }

    @Override
    public boolean isolates() {
      return real.isolates();
    }

    @Override
    public Running start(Command command, Box box, OutputListener listener) {
      var seeing = box;
      for (var path : shown) {
        seeing = Files.exists(path) ? seeing.reading(path) : seeing;
      }
      var running = real.start(command, seeing, listener);
      started.add(running);
      return running;
    }

    @Override
    public String inside(Box box, Path host) {
      return real.inside(box, host);
    }
  }

  /// Time as it is, and what was skipped.
  static final class SkippingClock implements InstantSource {
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    @Override
    public Instant instant() {
      return Instant.now().plus(ahead.get());
    }

    void skip(Duration time) {
      ahead.accumulateAndGet(time, Duration::plus);
    }
  }

  /// The agents of the suite: a command, and the real programs.
  enum Kind {
    COMMAND("sh -c 'eval \"$(sed -n \"s/^DO: //p\")\"'", "") {
      @Override
      Agent agent(String command, SessionAgent.Ground ground) {
        return new CommandAgent(
            new AgentSettings("command", "command", command),
            ground.sandbox(),
            ground.limits(),
            Network.NONE);
      }
    },
    CODEX("codex app-server", "scripted") {
      @Override
      Agent agent(String command, SessionAgent.Ground ground) {
        return SessionAgent.codex("codex", command, model, ground);
      }
    },
    CLAUDE("claude", "claude-sonnet-4-5") {
      @Override
      Agent agent(String command, SessionAgent.Ground ground) {
        return SessionAgent.claude("claude", command, model, ground);
      }
    },
    GEMINI("gemini --acp", "gemini-2.5-pro") {
      @Override
      Agent agent(String command, SessionAgent.Ground ground) {
        return SessionAgent.acp("gemini", command, model, ground);
      }
    },
    OPENCODE("opencode acp", "scripted") {
      @Override
      Agent agent(String command, SessionAgent.Ground ground) {
        return SessionAgent.acp("opencode", command, model, ground);
      }
    };

    final String command;
    final String model;

    Kind(String command, String model) {
      this.command = command;
      this.model = model;
    }

    String program() {
      return Cast.program(command);
    }

    abstract Agent agent(String command, SessionAgent.Ground ground);
  }

  AgentSession open(Kind kind) {
    return open(kind, kind.command);
  }

  /// Codegen over the same repository, with the agent as it is.
  CodegenStage stage(Kind kind) {
    return new CodegenStage(
        () ->
            new CodegenSettings(
                Duration.ofMinutes(3),
                Map.of(),
                Duration.ofMinutes(1),
                1L << 20,
                SandboxSettings.DEFAULT,
                PolicySettings.DEFAULT.intents()),
        _ -> List.of(kind.agent(kind.command, ground)),
        _ -> Optional.of(mirror),
        workspaces,
        ground.sandbox(),
        new LiquidTemplate(),
        (_, _, _) -> {
          throw new IllegalStateException("there is only one");
        },
        java.time.Clock.systemUTC());
  }

  AgentSession open(Kind kind, String command) {
    return open(kind.agent(command, ground));
  }

  /// The same agent, started in another way.
  AgentSession open(Kind kind, Dialect dialect) {
    return open(new SessionAgent(kind.program(), kind.command, kind.model, dialect, ground));
  }

  private AgentSession open(Agent agent) {
    return agent.open(new Brief(ITEM, 1, Map.of(), workspace, LIMIT), heard::add);
  }

  /// A turn that is not awaited.
  static CompletableFuture<AgentOutcome> turn(AgentSession session, String prompt) {
    return turn(session, Words.of(prompt));
  }

  static CompletableFuture<AgentOutcome> turn(AgentSession session, Words prompt) {
    var outcome = new CompletableFuture<AgentOutcome>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            outcome.complete(session.turn(prompt));
          } catch (InterruptedException | RuntimeException e) {
            outcome.completeExceptionally(e);
          }
        });
    return outcome;
  }

  /// What comes of a turn when nobody has time to wait: the clock goes on while it is awaited.
  AgentOutcome hurried(CompletableFuture<AgentOutcome> turn) {
    await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> {
          clock.skip(Duration.ofSeconds(90));
          return turn.isDone();
        });
    return turn.join();
  }

  /// The commit that the work becomes.
  String takeOut() throws InterruptedException {
    var message = "Do it\n";
    return switch (workspaces.takeOut(workspace, sandbox, message, Author.MILLWRIGHT)) {
      case TakeOut.Taken(var commit, _) -> commit;
      case TakeOut.Nothing _ -> "nothing";
      case TakeOut.Refused(var reason) -> throw new IllegalStateException(reason);
    };
  }

  String committed(String commit, String file) {
    return workspace
        .mirror()
        .readFile(commit, file)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .orElse("");
  }

  List<String> changed(String commit) {
    return workspace.mirror().numstat(workspace.commit(), commit).stream()
        .map(FileChange::path)
        .toList();
  }

  /// What was kept of the exchanges with models, line by line.
  List<JsonNode> exchanges() throws IOException {
    var lines = new ArrayList<JsonNode>();
    for (var file : heard.stream().filter(AgentEvent.Exchanged.class::isInstance).toList()) {
      for (var line : Files.readAllLines(((AgentEvent.Exchanged) file).file())) {
        lines.add(JSON.readTree(line));
      }
    }
    return lines;
  }

  /// Every process that the agents of this rig have started: those that run now, and those that
  /// were seen before and still do.
  List<ProcessHandle> processes() {
    sandbox.started.stream()
        .flatMap(run -> ProcessHandle.of(run.pid()).stream())
        .flatMap(run -> Stream.concat(Stream.of(run), run.descendants()))
        .forEach(seen::add);
    return seen.stream().filter(ProcessHandle::isAlive).toList();
  }

  /// The kernel needs a moment to end what was killed.
  void assertNothingLeft() {
    await("no process is left").untilAsserted(() -> assertThat(processes()).isEmpty());
  }

  /// `kill -9` of the agent itself, not of what it started.
  void kill(Kind kind) {
    processes().stream()
        .filter(process -> process.info().commandLine().orElse("").contains(kind.program()))
        .filter(process -> !process.info().command().orElse("").endsWith("bwrap"))
        .toList()
        .forEach(ProcessHandle::destroyForcibly);
  }

  /// The ids of the sessions that were opened, or opened again.
  List<String> sessions() {
    return heard.stream()
        .filter(AgentEvent.SessionStarted.class::isInstance)
        .map(event -> ((AgentEvent.SessionStarted) event).id())
        .toList();
  }

  String file(String name) throws IOException {
    var path = workspace.box().workspace().resolve(name);
    return Files.exists(path) ? Files.readString(path) : "";
  }

  private static void git(Path where, String... words) throws IOException, InterruptedException {
    var all = new ArrayList<>(List.of("git", "-c", "user.name=t", "-c", "user.email=t@t"));
    all.addAll(List.of(words));
    var process =
        new ProcessBuilder(all).directory(where.toFile()).redirectErrorStream(true).start();
    var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(String.join(" ", all) + ": " + out);
    }
  }

  /// A folder in memory where there is one, for agents write many small files.
  static Path folder() throws IOException {
    var memory = Path.of("/dev/shm");
    return Files.isWritable(memory)
        ? Files.createTempDirectory(memory, "millwright-test-")
        : Files.createTempDirectory("millwright-test-");
  }

  static void clear(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  @Override
  public void close() {
    sandbox.started.forEach(Running::close);
    gateway.close();
    model.close();
  }
}

package dev.millwright.codegen.adapter.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.millwright.codegen.actor.CodegenStage;
import dev.millwright.codegen.adapter.LiquidTemplate;
import dev.millwright.codegen.adapter.gateway.Budgets;
import dev.millwright.codegen.adapter.gateway.HttpGateway;
import dev.millwright.codegen.adapter.gateway.Ledger;
import dev.millwright.codegen.adapter.gateway.Upstream;
import dev.millwright.codegen.adapter.scripted.ScriptedModel;
import dev.millwright.codegen.domain.CodegenSettings;
import dev.millwright.codegen.port.AgentEvent;
import dev.millwright.codegen.port.AgentOutcome;
import dev.millwright.codegen.port.AgentSession;
import dev.millwright.codegen.port.Brief;
import dev.millwright.codegen.port.IntentDesk;
import dev.millwright.codegen.port.Tickets;
import dev.millwright.shared.settings.AgentSettings.Patience;
import dev.millwright.shared.settings.ModelSettings;
import dev.millwright.shared.settings.PolicySettings;
import dev.millwright.shared.settings.SandboxSettings;
import dev.millwright.shared.settings.Secret;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Usage;
import dev.millwright.shared.workspace.Detection;
import dev.millwright.shared.workspace.Limits;
import dev.millwright.shared.workspace.Mirror;
import dev.millwright.shared.workspace.Mirrors;
import dev.millwright.shared.workspace.Sandbox;
import dev.millwright.shared.workspace.SandboxKind;
import dev.millwright.shared.workspace.Sandboxes;
import dev.millwright.shared.workspace.Workspace;
import dev.millwright.shared.workspace.Workspaces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A program that speaks Codex' protocol and does what a test says, in the real sandbox, with the
/// real gateway and a scripted model behind it. One for many tests: each has an item of its own.
final class FakeCodex implements AutoCloseable {
  static final Patience PATIENCE =
      new Patience(Duration.ofSeconds(30), Duration.ofHours(1), Duration.ofMinutes(5));

  /// A turn that calls its model once and is done.
  static final String DONE = "async (codex) => { await codex.model(); codex.done(); }";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  final ScriptedModel model = ScriptedModel.start();
  final Rig.SkippingClock clock = new Rig.SkippingClock();
  final Path remote;
  final Mirror mirror;
  final Workspaces workspaces;
  final Workspace workspace;
  final Sandbox sandbox;
  private final Path homes;
  private final Path program;
  private final HttpGateway gateway;

  FakeCodex(Path folder) throws IOException, InterruptedException {
    this.remote = Files.createDirectories(folder.resolve("remote"));
    Files.writeString(remote.resolve("a.txt"), "one\n");
    git(remote, "init", "-q", "-b", "main", ".");
    git(remote, "add", "-A");
    git(remote, "commit", "-q", "-m", "first");
    var data = Files.createDirectories(folder.resolve("data"));
    var mirrors = new Mirrors(data);
    this.mirror = mirrors.mirror("orders", remote.toString());
    mirror.refresh();
    this.sandbox =
        switch (Sandboxes.detect(SandboxKind.AUTO, data)) {
          case Detection.Available(var found) -> found;
          case Detection.Missing(var reason, _) -> throw new IllegalStateException(reason);
        };
    this.workspaces = new Workspaces(data, mirrors);
    this.workspace = workspaces.create("shared", 1, mirror, "refs/heads/main");
    this.homes = data.resolve("homes");
    this.program = folder.resolve("fake-codex");
    try (var script = FakeCodex.class.getResourceAsStream("/fake-codex.js")) {
      Files.write(program, Objects.requireNonNull(script).readAllBytes());
    }
    assertThat(program.toFile().setExecutable(true)).isTrue();
    this.gateway =
        HttpGateway.start(
            _ -> upstreams(),
            new Budgets(Ledger.open(data.resolve("spending"), clock), () -> Budgets.Most.UNLIMITED),
            data.resolve("exchanges"),
            clock);
  }

  private List<Upstream> upstreams() {
    var settings =
        new ModelSettings(
            "scripted",
            "openai-responses",
            model.url(),
            new Secret(ScriptedModel.KEY),
            "",
            new ModelSettings.Price(1, 0.1, 10),
            ModelSettings.Rate.UNLIMITED);
    return Upstream.of(settings).stream().toList();
  }

  /// What one conversation came to.
  final class Talk implements AutoCloseable {
    final List<AgentEvent> heard = new CopyOnWriteArrayList<>();
    private final Workspace place;
    private final AgentSession session;

    private Talk(SessionAgent agent, Workspace place, IntentDesk desk) {
      this.place = place;
      var item = new ItemId(place.item());
      var brief =
          new Brief(
              new Brief.Subject(item, 1, "ABC-12: Say two"),
              Map.of(),
              place,
              Duration.ofDays(1),
              Usage.NONE,
              desk);
      this.session = agent.open(brief, heard::add);
    }

    AgentOutcome turn() throws InterruptedException {
      return session.turn("Say two");
    }

    AgentSession session() {
      return session;
    }

    /// What the program was sent and noted, oldest first.
    List<JsonNode> sent() throws IOException {
      return FakeCodex.this.sent(place.item());
    }

    /// Lets a turn go on that waits for it.
    void give(String file) throws IOException {
      Files.writeString(home().resolve(file), "");
    }

    private Path home() {
      return homes.resolve(place.item()).resolve("codex");
    }

    <E extends AgentEvent> List<E> heard(Class<E> kind) {
      return heard.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Override
    public void close() {
      session.close();
    }
  }

  /// An item of its own in the workspace that all share: nothing is taken out of it.
  Talk talk(String scenario) throws IOException {
    return talk(
        scenario,
        PATIENCE,
        (_, _) -> {
          throw new AssertionError("nobody asks for anything");
        });
  }

  Talk talk(String scenario, Patience patience, IntentDesk desk) throws IOException {
    var item = "talk-" + NUMBERS.incrementAndGet();
    var place = new Workspace(item, 1, workspace.folder(), workspace.mirror(), workspace.commit());
    return new Talk(agent(command(scenario), patience), place, desk);
  }

  /// Turns of one scenario.
  static String turns(String... turns) {
    return "{turns: [%s]}".formatted(String.join(", ", turns));
  }

  /// A turn that does something, calls its model and is done.
  static String doing(String script) {
    return "async (codex) => { %s; await codex.model(); codex.done(); }".formatted(script);
  }

  String command(String scenario) {
    var coded = Base64.getEncoder().encodeToString(scenario.getBytes(StandardCharsets.UTF_8));
    return program + " app-server --name 'two words' " + coded;
  }

  SessionAgent agent(String command, Patience patience) {
    return SessionAgent.codex(
        "codex",
        command,
        "scripted",
        new SessionAgent.Ground(
            sandbox,
            Limits.DEFAULT,
            gateway,
            homes,
            "/usr/local/bin:/usr/bin:/bin",
            patience,
            clock));
  }

  /// Codegen over the same repository.
  CodegenStage stage(String scenario, int turns, Tickets tickets) {
    return new CodegenStage(
        () ->
            new CodegenSettings(
                Duration.ofMinutes(3),
                Map.of("codex", turns),
                Duration.ofMinutes(1),
                1L << 20,
                SandboxSettings.DEFAULT,
                PolicySettings.DEFAULT.intents()),
        _ -> List.of(agent(command(scenario), PATIENCE)),
        _ -> Optional.of(mirror),
        workspaces,
        sandbox,
        new LiquidTemplate(),
        (_, _, _) -> {
          throw new IllegalStateException("there is only one");
        },
        Clock.systemUTC(),
        tickets);
  }

  List<JsonNode> sent(String item) throws IOException {
    var sent = new ArrayList<JsonNode>();
    for (var line : Files.readAllLines(homes.resolve(item).resolve("codex/sent.jsonl"))) {
      sent.add(JSON.readTree(line));
    }
    return sent;
  }

  static void git(Path where, String... words) throws IOException, InterruptedException {
    var all = new ArrayList<>(List.of("git", "-c", "user.name=t", "-c", "user.email=t@t"));
    all.addAll(List.of(words));
    var process = new ProcessBuilder(all).directory(where.toFile()).inheritIO().start();
    assertThat(process.waitFor()).isZero();
  }

  @Override
  public void close() {
    gateway.close();
    model.close();
  }
}

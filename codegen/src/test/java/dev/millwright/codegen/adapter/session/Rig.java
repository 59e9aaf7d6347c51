package dev.millwright.codegen.adapter.session;

import dev.millwright.codegen.adapter.gateway.HttpGateway;
import dev.millwright.codegen.adapter.gateway.Spending;
import dev.millwright.codegen.adapter.gateway.Upstream;
import dev.millwright.codegen.adapter.gateway.Wire;
import dev.millwright.codegen.port.Agent;
import dev.millwright.codegen.port.AgentEvent;
import dev.millwright.codegen.port.AgentSession;
import dev.millwright.codegen.port.Brief;
import dev.millwright.shared.settings.Secret;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workspace.Detection;
import dev.millwright.shared.workspace.Limits;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// A repository, a workspace, a sandbox, a gateway, and a scripted model behind it.
final class Rig implements AutoCloseable {
  static final ItemId ITEM = new ItemId("task-1");

  final ScriptedModel model;
  final Workspace workspace;
  final List<AgentEvent> heard = new CopyOnWriteArrayList<>();
  final Path folder;
  private final HttpGateway gateway;
  private final SessionAgent.Ground ground;

  Rig(Path folder, Map<String, String> files, Duration silence)
      throws IOException, InterruptedException {
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
    var mirror = mirrors.mirror("orders", remote.toString());
    mirror.refresh();
    var base = mirror.resolve("refs/heads/main").orElseThrow();
    this.workspace = new Workspaces(data, mirrors).create(ITEM.value(), 1, mirror, base);
    this.model = ScriptedModel.start();
    this.gateway = HttpGateway.start(_ -> upstreams(model), Spending::unlimited, Clock.systemUTC());
    var programs = InstalledAgents.programs();
    this.ground =
        new SessionAgent.Ground(
            sandbox(data),
            Limits.DEFAULT,
            gateway,
            data.resolve("homes"),
            programs + ":/usr/local/bin:/usr/bin:/bin",
            silence,
            Clock.systemUTC());
  }

  private static List<Upstream> upstreams(ScriptedModel model) {
    var all = new ArrayList<Upstream>();
    for (var wire : Wire.values()) {
      all.add(
          new Upstream(
              "scripted",
              wire,
              model.url(),
              new Secret(ScriptedModel.KEY),
              "",
              new Upstream.Price(1, 10)));
    }
    return all;
  }

  private static Sandbox sandbox(Path data) {
    return switch (Sandboxes.detect(SandboxKind.AUTO, data)) {
      case Detection.Available(var found) -> found;
      case Detection.Missing(var reason, _) -> throw new IllegalStateException(reason);
    };
  }

  /// The agents of the suite.
  enum Kind {
    CODEX {
      @Override
      Agent agent(SessionAgent.Ground ground) {
        return SessionAgent.codex("codex", "codex app-server", "scripted", ground);
      }
    },
    CLAUDE {
      @Override
      Agent agent(SessionAgent.Ground ground) {
        return SessionAgent.claude("claude", "claude", "claude-sonnet-4-5", ground);
      }
    },
    GEMINI {
      @Override
      Agent agent(SessionAgent.Ground ground) {
        return SessionAgent.acp("gemini", "gemini --acp", "gemini-2.5-pro", ground);
      }
    },
    OPENCODE {
      @Override
      Agent agent(SessionAgent.Ground ground) {
        return SessionAgent.acp("opencode", "opencode acp", "scripted", ground);
      }
    };

    abstract Agent agent(SessionAgent.Ground ground);
  }

  AgentSession open(Kind kind) {
    return kind.agent(ground)
        .open(new Brief(ITEM, 1, Map.of(), workspace, Duration.ofMinutes(3)), heard::add);
  }

  String session() {
    return heard.stream()
        .filter(AgentEvent.SessionStarted.class::isInstance)
        .map(event -> ((AgentEvent.SessionStarted) event).id())
        .reduce((_, last) -> last)
        .orElseThrow();
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

  @Override
  public void close() {
    gateway.close();
    model.close();
  }
}

package dev.millwright.codegen.adapter.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.codegen.adapter.gateway.Budgets;
import dev.millwright.codegen.adapter.gateway.HttpGateway;
import dev.millwright.codegen.adapter.gateway.Ledger;
import dev.millwright.codegen.port.AgentOutcome;
import dev.millwright.codegen.port.Brief;
import dev.millwright.shared.settings.AgentSettings;
import dev.millwright.shared.settings.SandboxSettings.Network;
import dev.millwright.shared.workitem.FailureKind;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workspace.Detection;
import dev.millwright.shared.workspace.Limits;
import dev.millwright.shared.workspace.Mirrors;
import dev.millwright.shared.workspace.Sandbox;
import dev.millwright.shared.workspace.SandboxKind;
import dev.millwright.shared.workspace.Sandboxes;
import dev.millwright.shared.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An ACP agent that nobody knows how to keep from following a checkout's configuration.
class UnknownAgentTest {
  private static final ItemId ITEM = new ItemId("task-1");

  @TempDir Path folder;
  private String program = "unknown";

  @ParameterizedTest
  @ValueSource(strings = {"unknown", "opencode"})
  void is_not_started_where_nothing_isolates_it(String name) throws Exception {
    program = name;
    assertThat(turn(SandboxKind.NONE))
        .isInstanceOfSatisfying(
            AgentOutcome.Failed.class,
            failed -> {
              assertThat(failed.kind()).isEqualTo(FailureKind.REFUSAL);
              assertThat(failed.reason()).contains("not run without a sandbox");
            });
    assertThat(started()).doesNotExist();
  }

  @Test
  void is_started_in_a_sandbox() throws Exception {
    var _ = turn(SandboxKind.BUBBLEWRAP);

    assertThat(started()).exists();
  }

  @Test
  void is_not_started_where_it_may_reach_no_model() throws Exception {
    assertThat(turn(SandboxKind.BUBBLEWRAP, Network.NONE))
        .isInstanceOfSatisfying(
            AgentOutcome.Failed.class,
            failed -> assertThat(failed.reason()).contains("sandbox.network is none"));
    assertThat(started()).doesNotExist();
  }

  private AgentOutcome turn(SandboxKind kind) throws IOException, InterruptedException {
    return turn(kind, kind == SandboxKind.NONE ? Network.HOST : Network.MODEL_ONLY);
  }

  private AgentOutcome turn(SandboxKind kind, Network reach)
      throws IOException, InterruptedException {
    var file = Files.writeString(folder.resolve(program), "#!/bin/sh\ntouch started\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    Files.createDirectories(started().resolveSibling(""));
    Files.createDirectories(folder.resolve("data/mirrors/orders.git/objects"));
    var mirror = new Mirrors(folder.resolve("data")).known("orders");
    var workspace = new Workspace(ITEM.value(), 1, folder.resolve("workspace"), mirror, "0");
    var brief = new Brief(ITEM, 1, Map.of(), workspace, Duration.ofMinutes(1));
    try (var gateway = gateway();
        var session = agent(file, sandbox(kind), gateway, reach).open(brief, _ -> {})) {
      return session.turn("Do it");
    }
  }

  private Path started() {
    return folder.resolve("workspace/files/started");
  }

  private HttpGateway gateway() throws IOException {
    var ledger = Ledger.open(folder.resolve("spending"), Clock.systemUTC());
    return HttpGateway.start(
        _ -> List.of(),
        new Budgets(ledger, () -> Budgets.Most.UNLIMITED),
        folder.resolve("exchanges"),
        Clock.systemUTC());
  }

  private SessionAgent agent(Path file, Sandbox sandbox, HttpGateway gateway, Network reach) {
    var ground =
        new SessionAgent.Ground(
            sandbox,
            Limits.DEFAULT,
            gateway,
            folder.resolve("homes"),
            "/usr/bin:/bin",
            AgentSettings.Patience.USUAL,
            Clock.systemUTC(),
            reach);
    return SessionAgent.acp(program, file.toString(), "", ground);
  }

  private Sandbox sandbox(SandboxKind kind) {
    return switch (Sandboxes.detect(kind, folder.resolve("data"))) {
      case Detection.Available(var found) -> found;
      case Detection.Missing(var reason, _) -> throw new IllegalStateException(reason);
    };
  }
}

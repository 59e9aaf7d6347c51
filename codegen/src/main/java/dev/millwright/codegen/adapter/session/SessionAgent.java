package dev.millwright.codegen.adapter.session;

import dev.millwright.codegen.port.Agent;
import dev.millwright.codegen.port.AgentListener;
import dev.millwright.codegen.port.AgentSession;
import dev.millwright.codegen.port.Brief;
import dev.millwright.codegen.port.ModelGateway;
import dev.millwright.shared.settings.AgentSettings.Patience;
import dev.millwright.shared.settings.SandboxSettings.Network;
import dev.millwright.shared.workspace.Limits;
import dev.millwright.shared.workspace.Sandbox;
import java.nio.file.Path;
import java.time.InstantSource;

/// Codex, Claude Code, or an agent that speaks ACP: its own program, in a sandbox whose only way
/// out leads to the model gateway.
public final class SessionAgent implements Agent {
  private final String name;
  private final String command;
  private final String model;
  private final Dialect dialect;
  private final Ground ground;

  SessionAgent(String name, String command, String model, Dialect dialect, Ground ground) {
    this.name = name;
    this.command = command;
    this.model = model;
    this.dialect = dialect;
    this.ground = ground;
  }

  /// What all agents of a factory stand on.
  ///
  /// @param homes where agents keep their sessions between attempts, a folder for each item
  /// @param searchPath where programs are looked for on this machine
  /// @param patience how long an agent is waited for
  /// @param reach what it may reach by itself
  public record Ground(
      Sandbox sandbox,
      Limits limits,
      ModelGateway gateway,
      Path homes,
      String searchPath,
      Patience patience,
      InstantSource clock,
      Network reach) {
    /// With the model's gateway and nothing else.
    public Ground(
        Sandbox sandbox,
        Limits limits,
        ModelGateway gateway,
        Path homes,
        String searchPath,
        Patience patience,
        InstantSource clock) {
      this(sandbox, limits, gateway, homes, searchPath, patience, clock, Network.MODEL_ONLY);
    }

    /// Whether the gateway is reached through the door in the box.
    boolean byDoor() {
      return sandbox.isolates() && reach != Network.HOST;
    }
  }

  /// Codex.
  ///
  /// @param command the program and its words, for the shell, such as `codex app-server`
  /// @param model the model it asks for
  public static SessionAgent codex(String name, String command, String model, Ground ground) {
    return new SessionAgent(name, command, model, new Codex(), ground);
  }

  /// Claude Code.
  ///
  /// @param command such as `claude`
  public static SessionAgent claude(String name, String command, String model, Ground ground) {
    return new SessionAgent(name, command, model, new Claude(), ground);
  }

  /// An agent that speaks ACP.
  ///
  /// @param command such as `gemini --acp`
  public static SessionAgent acp(String name, String command, String model, Ground ground) {
    return new SessionAgent(name, command, model, Acp.of(Cast.program(command)), ground);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public AgentSession open(Brief brief, AgentListener listener) {
    return new LiveSession(new Cast(name, command, model, dialect), ground, brief, listener);
  }
}

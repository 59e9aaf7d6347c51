package dev.millwright.codegen.adapter;

import dev.millwright.codegen.port.AgentListener;
import dev.millwright.codegen.port.AgentOutcome;
import dev.millwright.codegen.port.Brief;
import dev.millwright.codegen.port.OneTurnAgent;
import dev.millwright.shared.settings.AgentSettings;
import dev.millwright.shared.workitem.FailureKind;
import dev.millwright.shared.workspace.Command;
import dev.millwright.shared.workspace.Limits;
import dev.millwright.shared.workspace.Network;
import dev.millwright.shared.workspace.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// Any program as an agent.
///
/// It runs as `/bin/sh -c <command>` in the checkout, in the sandbox, with the network it is given.
/// The prompt comes on stdin and in the file that `MILLWRIGHT_PROMPT_FILE` names, outside the
/// checkout; `MILLWRIGHT_ITEM` and `MILLWRIGHT_ATTEMPT` say what it works on. What it may say is in
/// `AgentLines`. Exit code 0 means done, any other means failed.
public final class CommandAgent implements OneTurnAgent {
  static final String PROMPT_FOLDER = "/run/millwright";

  private final AgentSettings settings;
  private final Sandbox sandbox;
  private final Limits limits;
  private final Network network;

  public CommandAgent(AgentSettings settings, Sandbox sandbox, Limits limits, Network network) {
    this.settings = settings;
    this.sandbox = sandbox;
    this.limits = limits;
    this.network = network;
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public AgentOutcome run(Brief brief, String prompt, AgentListener listener)
      throws InterruptedException {
    Path prompts;
    try {
      prompts = Files.createTempDirectory(brief.workspace().folder(), "prompt-");
    } catch (IOException e) {
      return AgentOutcome.failed(FailureKind.OUTSIDE, "no place for the prompt: " + e.getMessage());
    }
    try {
      Files.writeString(prompts.resolve("prompt.md"), prompt);
      return run(brief, prompt, listener, prompts);
    } catch (IOException e) {
      return AgentOutcome.failed(FailureKind.OUTSIDE, "cannot write the prompt: " + e.getMessage());
    } finally {
      delete(prompts);
    }
  }

  private AgentOutcome run(Brief brief, String prompt, AgentListener listener, Path prompts)
      throws InterruptedException {
    var box = brief.workspace().box().withNetwork(network).reading(prompts, PROMPT_FOLDER);
    var command =
        Command.shell(settings.command())
            .withInput(prompt)
            .withLimits(limits.withTime(brief.limit()))
            .with("JAVA_TOOL_OPTIONS", limits.javaOption())
            .with("MILLWRIGHT_PROMPT_FILE", sandbox.inside(box, prompts.resolve("prompt.md")))
            .with("MILLWRIGHT_ITEM", brief.item().value())
            .with("MILLWRIGHT_ATTEMPT", Long.toString(brief.attempt()));
    var said = new AgentLines(listener, brief.intents());
    var exit = sandbox.run(command, box, said);
    return new Endings(name(), FailureKind.BAD_RESULT).of(exit, said);
  }

  private static void delete(Path folder) {
    try (var all = Files.walk(folder)) {
      for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException _) {
      // It goes with the workspace.
    }
  }
}

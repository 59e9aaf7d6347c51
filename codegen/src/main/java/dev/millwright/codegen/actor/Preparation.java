package dev.millwright.codegen.actor;

import dev.millwright.codegen.domain.CodegenSettings;
import dev.millwright.shared.workitem.StageResult;
import dev.millwright.shared.workspace.Box;
import dev.millwright.shared.workspace.Command;
import dev.millwright.shared.workspace.Exit;
import dev.millwright.shared.workspace.Limits;
import dev.millwright.shared.workspace.Network;
import dev.millwright.shared.workspace.OutputListener;
import dev.millwright.shared.workspace.Sandbox;
import dev.millwright.shared.workspace.Workspace;
import java.util.List;
import java.util.Optional;

/// Makes a workspace ready before the agent sees it: the repository's own setup, line by line.
///
/// What fails here is the environment's fault, so it waits for a person with the output and uses up
/// none of the agent's attempts.
record Preparation(Sandbox sandbox, CodegenSettings settings) {
  private static final int MOST_SHOWN = 1_000;
  private static final String LEFT =
      "git -c core.fsmonitor=false -c core.hooksPath=/dev/null status --porcelain 2> /dev/null";

  /// Empty when the workspace is ready.
  Optional<StageResult> of(Workspace place, List<String> lines, Transcript transcript)
      throws InterruptedException {
    var box = place.box().withNetwork(Network.ofPreparing(settings.sandbox()));
    for (var line : lines) {
      transcript.say("setting up: " + line);
      var exit = run(line, box, OutputListener.lines(transcript::say));
      if (exit instanceof Exit.NotStarted(var reason)) {
        return Optional.of(CodegenStage.retry("the setup could not be started: " + reason));
      }
      if (!exit.succeeded()) {
        transcript.say("setting up failed: " + exit.summary());
        return Optional.of(CodegenStage.ask(failed(line, exit)));
      }
    }
    return lines.isEmpty() ? Optional.empty() : left(box);
  }

  private Exit run(String line, Box box, OutputListener listener) throws InterruptedException {
    var limits = Limits.of(settings.sandbox()).withTime(settings.setup());
    var command =
        Command.shell(line).withLimits(limits).with("JAVA_TOOL_OPTIONS", limits.javaOption());
    return sandbox.run(command, box, listener);
  }

  private static String failed(String line, Exit exit) {
    var said = exit.output().both().strip();
    return "The environment could not be made ready: `%s`, %s:\n%s\nMend factory.environment.setup"
        .formatted(line, exit.summary(), said.substring(Math.max(0, said.length() - MOST_SHOWN)));
  }

  /// What setup leaves behind and git does not ignore would pass for the agent's work.
  private Optional<StageResult> left(Box box) throws InterruptedException {
    var exit = run(LEFT, box.withNetwork(Network.NONE), OutputListener.none());
    var left = exit.output().stdout().strip();
    return !exit.succeeded() || left.isEmpty()
        ? Optional.empty()
        : Optional.of(
            CodegenStage.ask(
                "Setup leaves files that would become part of the change:\n%s\nHave git ignore them"
                    .formatted(left.substring(0, Math.min(left.length(), MOST_SHOWN)))));
  }
}

package dev.millwright.codegen.actor;

import dev.millwright.codegen.domain.CodegenSettings;
import dev.millwright.codegen.domain.SetupKey;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Hooks;
import dev.millwright.shared.workitem.StageResult;
import dev.millwright.shared.workspace.Box;
import dev.millwright.shared.workspace.Command;
import dev.millwright.shared.workspace.Errand;
import dev.millwright.shared.workspace.Exit;
import dev.millwright.shared.workspace.Limits;
import dev.millwright.shared.workspace.Mirror;
import dev.millwright.shared.workspace.Network;
import dev.millwright.shared.workspace.OutputListener;
import dev.millwright.shared.workspace.Sandbox;
import dev.millwright.shared.workspace.Workspace;
import dev.millwright.shared.workspace.Workspaces;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Makes a workspace ready before the agent sees it: the repository's hooks and its own setup, and
/// says what is to be run when the workspace goes.
///
/// A setup that fails is the environment's fault, so it waits for a person with the output and uses
/// up none of the agent's attempts. A hook that fails ends the attempt, as Symphony's do.
record Preparation(
    Workspaces workspaces, Sandbox sandbox, CodegenSettings settings, Transcript transcript) {
  private static final int MOST_SHOWN = 1_000;
  private static final String LEFT =
      "git -c core.fsmonitor=false -c core.hooksPath=/dev/null status --porcelain 2> /dev/null";

  /// Symphony's workspaces start empty, so its hooks clone. Here there is a clone at the right
  /// commit already, and such a line has nothing to do.
  private static final String CLONED =
      "git() { for last; do :; done;"
          + " if [ \"${1-}\" = clone ] && [ \"${last-}\" = . ] && [ -e .git ];"
          + " then echo 'millwright: this is a clone already' >&2;"
          + " else command git \"$@\"; fi; }\n";

  /// What may be kept of setup. Symphony's `after_create` finds nothing of an earlier run, so
  /// nothing is kept beside one.
  static Optional<String> key(Mirror mirror, String commit, Contract.Environment environment) {
    return environment.setup().isEmpty() || !environment.hooks().afterCreate().isEmpty()
        ? Optional.empty()
        : Optional.of(SetupKey.of(environment.setup(), mirror.contents(commit)));
  }

  /// Empty when the workspace is ready.
  ///
  /// @param trusted whether nothing but the base branch is in it: only then is what setup makes
  ///   kept, because setup runs files that an agent may have changed
  Optional<StageResult> of(Workspace place, Contract.Environment environment, boolean trusted)
      throws InterruptedException {
    var hooks = environment.hooks();
    var box = place.box().withNetwork(Network.ofPreparing(settings.sandbox()));
    var unfit = hook("after_create", CLONED, hooks.afterCreate(), hooks, box);
    if (unfit.isEmpty()) {
      workspaces.onRemoval(place, errands("", hooks));
      unfit = setup(place.isSetUp() ? environment.maintenance() : environment.setup(), box);
    }
    var key = key(place.mirror(), place.commit(), environment);
    if (unfit.isEmpty() && trusted && key.isPresent() && left(box).isEmpty()) {
      workspaces.keepSetup(place, key.get());
    }
    if (unfit.isEmpty()) {
      workspaces.onRemoval(place, errands(hooks.afterRun(), hooks));
      unfit = hook("before_run", "", hooks.beforeRun(), hooks, box);
    }
    var ran =
        !environment.setup().isEmpty()
            || !hooks.afterCreate().isEmpty()
            || !hooks.beforeRun().isEmpty();
    return unfit.isEmpty() && ran ? left(box) : unfit;
  }

  private static List<Errand> errands(String afterRun, Hooks hooks) {
    return Stream.of(
            new Errand("after_run", afterRun, hooks.limit()),
            new Errand("before_remove", hooks.beforeRemove(), hooks.limit()))
        .filter(errand -> !errand.script().isEmpty())
        .toList();
  }

  private Optional<StageResult> hook(
      String name, String before, String script, Hooks hooks, Box box) throws InterruptedException {
    if (script.isEmpty()) {
      return Optional.empty();
    }
    transcript.say("hook " + name);
    var limits = Limits.of(settings.sandbox()).withTime(hooks.limit());
    var exit = run(Command.of("/bin/sh", "-lc", before + script), limits, box);
    if (exit.succeeded()) {
      return Optional.empty();
    }
    transcript.say("hook " + name + ": " + exit.summary());
    return Optional.of(
        CodegenStage.retry(
            "the hook %s of WORKFLOW.md: %s\n%s".formatted(name, exit.summary(), said(exit))));
  }

  private Optional<StageResult> setup(List<String> lines, Box box) throws InterruptedException {
    var limits = Limits.of(settings.sandbox()).withTime(settings.setup());
    for (var line : lines) {
      transcript.say("setting up: " + line);
      var exit = run(Command.shell(line), limits, box);
      if (exit instanceof Exit.NotStarted(var reason)) {
        return Optional.of(CodegenStage.retry("the setup could not be started: " + reason));
      }
      if (!exit.succeeded()) {
        transcript.say("setting up failed: " + exit.summary());
        return Optional.of(
            CodegenStage.ask(
                "The environment could not be made ready: `%s`, %s:\n%s\nMend factory.environment.setup"
                    .formatted(line, exit.summary(), said(exit))));
      }
    }
    return Optional.empty();
  }

  private Exit run(Command command, Limits limits, Box box) throws InterruptedException {
    return sandbox.run(
        command.withLimits(limits).with("JAVA_TOOL_OPTIONS", limits.javaOption()),
        box,
        OutputListener.lines(transcript::say));
  }

  private static String said(Exit exit) {
    var said = exit.output().both().strip();
    return said.substring(Math.max(0, said.length() - MOST_SHOWN));
  }

  /// What is left behind and git does not ignore would pass for the agent's work.
  private Optional<StageResult> left(Box box) throws InterruptedException {
    var exit = sandbox.run(Command.shell(LEFT), box.withNetwork(Network.NONE));
    var left = exit.output().stdout().strip();
    return !exit.succeeded() || left.isEmpty()
        ? Optional.empty()
        : Optional.of(
            CodegenStage.ask(
                "Setup leaves files that would become part of the change:\n%s\nHave git ignore them"
                    .formatted(left.substring(0, Math.min(left.length(), MOST_SHOWN)))));
  }
}

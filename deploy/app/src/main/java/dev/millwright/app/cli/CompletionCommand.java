package dev.millwright.app.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/// `completion`.
@Command(
    name = "completion",
    description = "Prints a completion script for bash and zsh: source <(millwright completion)")
final class CompletionCommand implements Callable<Integer> {
  private final Context context;

  CompletionCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    context.terminal().say(AutoComplete.bash("millwright", Commands.complete(context)));
    return Exit.DONE;
  }
}

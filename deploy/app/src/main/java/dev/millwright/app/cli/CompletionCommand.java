package dev.millwright.app.cli;

import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/// `completion`.
@Command(
    name = "completion",
    description = "Prints a completion script for bash and zsh: source <(millwright completion)",
    footer = {
      "",
      "It completes commands, options and their words, and the ids of the factory's items. For"
          + " good: add the line above to ~/.bashrc, or to ~/.zshrc after compinit."
    })
final class CompletionCommand implements Callable<Integer> {
  /// Where the generated function of a command that takes an item completes no option.
  private static final Pattern ITEM =
      Pattern.compile(
          "(function _picocli_millwright_(?:show|logs|diff|evidence|exchanges|history|approve|reject|rework"
              + "|answer|cancel|retry|pull)\\(\\) \\{.*?)(local positionals=)\"\"",
          Pattern.DOTALL);

  private final Context context;

  CompletionCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    context.terminal().say(script());
    return Exit.DONE;
  }

  private String script() {
    return ITEM.matcher(AutoComplete.bash("millwright", Commands.complete(context)))
        .replaceAll("$1$2\"\\$(millwright ls --quiet --limit 500 2>/dev/null)\"");
  }
}

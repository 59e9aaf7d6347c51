package dev.millwright.app.cli;

import dev.millwright.shared.settings.Spelling;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Every command by its name. Only the one that is called is constructed.
public final class Commands {
  private static final Map<String, Function<Context, Object>> ALL = all();

  private Commands() {}

  /// The command without a command: says what there is.
  @Command(
      name = "millwright",
      description = "A software factory: work comes in, reviewed changes come out.%n",
      synopsisSubcommandLabel = "COMMAND",
      footerHeading = "%nExit codes: ",
      footer =
          "0 done, 1 the work failed or was refused, 2 used wrongly, 3 no factory answers, 4 not"
              + " allowed.%nMILLWRIGHT_URL and MILLWRIGHT_TOKEN say which factory and who you are.")
  static final class Root {}

  private static Map<String, Function<Context, Object>> all() {
    var all = new LinkedHashMap<String, Function<Context, Object>>();
    all.put("demo", DemoCommand::new);
    all.put("up", UpCommand::new);
    all.put("submit", SubmitCommand::new);
    all.put("ls", ListCommand::new);
    all.put("show", ShowCommand::new);
    all.put("logs", LogsCommand::new);
    all.put("diff", DiffCommand::new);
    all.put("evidence", EvidenceCommand::new);
    all.put("exchanges", ExchangesCommand::new);
    all.put("history", HistoryCommand::new);
    all.put("approve", Decide.Approve::new);
    all.put("reject", Decide.Reject::new);
    all.put("rework", Decide.Rework::new);
    all.put("answer", Decide.Answer::new);
    all.put("steer", Decide.Steer::new);
    all.put("cancel", Decide.Cancel::new);
    all.put("retry", Decide.Retry::new);
    all.put("pull", PullCommand::new);
    all.put("handoff", HandoffCommand::new);
    all.put("pause", LineCommand.Pause::new);
    all.put("resume", LineCommand.Resume::new);
    all.put("top", TopCommand::new);
    all.put("boards", BoardsCommand::new);
    all.put("config", ConfigCommand::new);
    all.put("doctor", DoctorCommand::new);
    all.put("signals", SignalsCommand::of);
    all.put("audit", AuditCommand::new);
    all.put("token", TokenCommand::new);
    all.put("version", VersionCommand::new);
    all.put("completion", CompletionCommand::new);
    all.put("warm-up", WarmUpCommand::new);
    return all;
  }

  /// Runs one command to its end and says how it ended.
  public static int run(String[] arguments, Context context) {
    var terminal = context.terminal();
    var named = arguments.length > 0 ? ALL.get(arguments[0]) : null;
    var line =
        named == null
            ? complete(context)
            : configured(
                new CommandLine(new Root()).addSubcommand(arguments[0], named.apply(context)),
                terminal);
    line.getSubcommands().values().forEach(Commands::withHelp);
    withHelp(line);
    try {
      if (arguments.length == 0 || List.of("help", "-h", "--help").contains(arguments[0])) {
        return help(line, arguments, terminal);
      }
      var spoken = arguments[0].equals("--version") || arguments[0].equals("-V");
      return line.execute(spoken ? new String[] {"version"} : arguments);
    } finally {
      terminal.out().flush();
      terminal.err().flush();
    }
  }

  /// All commands at once, for help, for completion, and to guess what was meant.
  static CommandLine complete(Context context) {
    var line = new CommandLine(new Root());
    ALL.forEach((name, command) -> line.addSubcommand(name, command.apply(context)));
    return configured(line, context.terminal());
  }

  /// Settings reach only the subcommands that are already there.
  private static CommandLine configured(CommandLine line, Terminal terminal) {
    line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(terminal.colours() ? Ansi.ON : Ansi.OFF));
    line.setUsageHelpWidth(Math.clamp(terminal.width(), 60, 110));
    line.setExpandAtFiles(false);
    line.setExecutionStrategy(Commands::runAndClose);
    line.setParameterExceptionHandler((wrong, _) -> usedWrongly(wrong, terminal));
    line.setExecutionExceptionHandler((thrown, _, _) -> ended(thrown, terminal));
    return line;
  }

  private static int runAndClose(CommandLine.ParseResult parsed) {
    try {
      return new CommandLine.RunLast().execute(parsed);
    } finally {
      for (var line : parsed.asCommandLineList()) {
        if (line.getCommandSpec().userObject() instanceof ClientCommand command) {
          command.close();
        }
      }
    }
  }

  private static void withHelp(CommandLine line) {
    line.getCommandSpec().mixinStandardHelpOptions(false);
    if (line.getCommandSpec().findOption("--help") == null) {
      line.getCommandSpec()
          .addOption(
              CommandLine.Model.OptionSpec.builder("-h", "--help")
                  .usageHelp(true)
                  .description("Says what this does and takes.")
                  .build());
    }
    line.getSubcommands().values().forEach(Commands::withHelp);
  }

  private static int help(CommandLine line, String[] arguments, Terminal terminal) {
    var about = line;
    for (int i = 1; i < arguments.length; i++) {
      var below = about.getSubcommands();
      var named = below.get(arguments[i]);
      if (named == null) {
        var word = "'" + Words.line(arguments[i]) + "'";
        var next = "See: " + about.getCommandSpec().qualifiedName() + " --help";
        return ended(
            new Failure(Exit.USED_WRONGLY, "There is no command " + word + ".", next), terminal);
      }
      about = named;
    }
    about.usage(arguments.length == 0 ? line.getErr() : line.getOut());
    return arguments.length == 0 ? Exit.USED_WRONGLY : Exit.DONE;
  }

  private static int usedWrongly(ParameterException wrong, Terminal terminal) {
    var name = wrong.getCommandLine().getCommandSpec().qualifiedName();
    var next = new ArrayList<String>();
    // picocli says the word twice when a map's entry has no key.
    var what =
        Words.line(String.valueOf(wrong.getMessage())).replaceFirst("option option", "option");
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      var word = unmatched.getUnmatched().getFirst();
      var shown = "'" + Words.line(word) + "'";
      var group = !wrong.getCommandLine().getSubcommands().isEmpty();
      what =
          word.startsWith("-")
              ? "There is no option " + shown + "."
              : group ? "There is no command " + shown + "." : "What is " + shown + " for?";
      var known =
          word.startsWith("-")
              ? wrong.getCommandLine().getCommandSpec().optionsMap().keySet()
              : wrong.getCommandLine().getSubcommands().keySet();
      Spelling.nearest(word, List.copyOf(known))
          .ifPresent(near -> next.add("Did you mean " + near + "?"));
    }
    next.add("See: " + name + " --help");
    return ended(new Failure(Exit.USED_WRONGLY, what, next.toArray(String[]::new)), terminal);
  }

  private static int ended(Exception thrown, Terminal terminal) {
    if (thrown instanceof Failure failure) {
      terminal.note(terminal.red("millwright: ") + failure.what());
      failure.next().forEach(line -> terminal.note("  " + line));
      return failure.code();
    }
    terminal.note(
        terminal.red("millwright: ")
            + "this should not have happened: "
            + Words.line(String.valueOf(thrown.getMessage())));
    if (System.getenv("MILLWRIGHT_DEBUG") == null) {
      terminal.note("  Set MILLWRIGHT_DEBUG=1 to see where, and please report it.");
    } else {
      thrown.printStackTrace(terminal.err());
    }
    return Exit.FAILED;
  }
}

package dev.millwright.app.cli;

import dev.millwright.app.Factories;
import dev.millwright.app.FactoryRunner;
import dev.millwright.shared.settings.FactorySettings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `up`.
@Command(
    name = "up",
    description = "Runs the factory until Ctrl-C.",
    footer = {
      "",
      "A WORKFLOW.md that names a tracker needs nothing else: it is the board, the prompt and the"
          + " rules. With --config, its board and repository come to those settings.",
      "Without FILE: ./millwright.yaml, else ./WORKFLOW.md, else a factory for the git repository"
          + " you are in, with its data under ~/.millwright/local."
    })
final class UpCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "A millwright.yaml, or the WORKFLOW.md of a repository.")
  @Nullable Path file;

  @Mixin Configuration configuration = new Configuration();

  @Option(names = "--host", paramLabel = "H", description = "The address to listen on.")
  @Nullable String host;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The port to listen on; 0 takes a free one.")
  @Nullable Integer port;

  UpCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    var terminal = context.terminal();
    var settings = configuration.live(file, context, this::overridden);
    refuse(settings.get());
    Greeting.of(settings.get(), terminal).forEach(terminal::note);
    try (var running =
        Factories.runner().start(settings, line -> terminal.note(terminal.dim(line)))) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(running, terminal), "stop"));
      terminal.say("Ready at " + running.url());
      running.awaitStopped();
      return Exit.DONE;
    } catch (FactoryRunner.CannotStart cannot) {
      throw new Failure(Exit.FAILED, String.valueOf(cannot.getMessage()), cannot.fix());
    }
  }

  /// Without a repository, or the token of a board, it would wait in silence for work.
  private void refuse(FactorySettings settings) {
    var problems = Configuration.toRun(settings, context);
    if (!problems.isEmpty()) {
      throw configuration.unusable(problems, context);
    }
  }

  private FactorySettings overridden(FactorySettings settings) {
    var server = host == null ? settings.server() : settings.server().withHost(host);
    return settings.withServer(port == null ? server : server.withPort(checked(port)));
  }

  private static void stop(FactoryRunner.Running running, Terminal terminal) {
    terminal.note(terminal.dim("Stopping; what is at work queues again at the next start…"));
    running.close();
    if (wasAsked()) {
      Runtime.getRuntime().halt(Exit.DONE);
    }
  }

  /// Whether somebody stops the process by a signal, which is no failure, though the JVM would end
  /// with 128 and the signal's number. It handles each on a thread of its own, called so.
  private static boolean wasAsked() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().matches("SIG(INT|TERM|HUP) handler"));
  }

  static int checked(int port) {
    if (port < 0 || port > 65_535) {
      throw new Failure(Exit.USED_WRONGLY, "--port must be 0 to 65535, got " + port + ".");
    }
    return port;
  }
}

package dev.millwright.app.cli;

import dev.millwright.app.Factories;
import dev.millwright.app.FactoryRunner;
import dev.millwright.shared.settings.FactorySettings;
import dev.millwright.shared.settings.ServerSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `warm-up`: a factory that starts on an empty folder, is spoken to and stops. The launcher runs
/// it once after a build, so that the JVM's ahead-of-time cache knows what a start needs.
@Command(name = "warm-up", hidden = true, description = "Starts and stops a factory on nothing.")
final class WarmUpCommand implements Callable<Integer> {
  private final Context context;

  WarmUpCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, FactoryRunner.CannotStart {
    var data = Files.createTempDirectory("millwright-warm-up");
    var settings =
        FactorySettings.local(data, Map.of()).withServer(ServerSettings.DEFAULT.withPort(0));
    try (var factory = Factories.runner().start(settings, _ -> {})) {
      var url = factory.url().toString();
      speak("submit", "Warm up", "--repo", "none", "--url", url);
      speak("ls", "--url", url);
      return Exit.DONE;
    } finally {
      delete(data);
    }
  }

  private void speak(String... arguments) {
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), false);
    var environment = context.environment();
    var terminal = Terminal.plain(InputStream.nullInputStream(), nowhere, nowhere, environment);
    Commands.run(arguments, new Context(terminal, environment, context.folder()));
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}

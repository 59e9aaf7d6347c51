package dev.millwright.app.cli;

import dev.millwright.app.Factories;
import dev.millwright.app.FactoryRunner;
import dev.millwright.app.demo.Demo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `demo`.
@Command(name = "demo", description = "Runs a factory with a sample service and real work for it.")
final class DemoCommand implements Callable<Integer> {
  private final Context context;

  @Option(
      names = "--once",
      description = "End when every change waits for review; 1 when one does not get there.")
  boolean once;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "0",
      description = "The port to listen on; a free one unless told.")
  int port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where to keep everything; a new temporary folder unless told.")
  @Nullable Path data;

  DemoCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    UpCommand.checked(port);
    var folder =
        data == null
            ? Files.createTempDirectory("millwright-demo-")
            : context.folder().resolve(data);
    try {
      var demo = new Demo(Factories.runner(), context.terminal());
      return demo.run(folder.toAbsolutePath().normalize(), port, once);
    } catch (FactoryRunner.CannotStart cannot) {
      throw new Failure(Exit.FAILED, String.valueOf(cannot.getMessage()), cannot.fix());
    }
  }
}

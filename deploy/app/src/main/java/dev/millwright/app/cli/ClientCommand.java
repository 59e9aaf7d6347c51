package dev.millwright.app.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// A command that speaks to a factory.
abstract class ClientCommand implements Callable<Integer>, AutoCloseable {
  final Context context;
  final Terminal terminal;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The factory; else MILLWRIGHT_URL, else http://127.0.0.1:7420.")
  @Nullable String url;

  private @Nullable FactoryClient factory;

  ClientCommand(Context context) {
    this.context = context;
    this.terminal = context.terminal();
  }

  FactoryClient factory() {
    if (factory == null) {
      factory = FactoryClient.of(url, context.environment());
    }
    return factory;
  }

  @Override
  public void close() {
    if (factory != null) {
      factory.close();
    }
  }
}

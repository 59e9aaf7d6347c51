package dev.millwright.app.running;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// What `millwright` answered to words typed at a shell.
public record CommandLine(int exit, String output) {
  /// Runs it in a process of its own, against a factory.
  public static CommandLine run(URI factory, String... words) {
    var builder = new ProcessBuilder(ServerProcess.millwright(words));
    builder.environment().put("MILLWRIGHT_URL", factory.toString());
    return run(builder);
  }

  /// The same beside a factory's settings, for what works without a server.
  static CommandLine run(Home home, String... words) {
    return run(
        new ProcessBuilder(ServerProcess.millwright(words)).directory(home.folder().toFile()));
  }

  private static CommandLine run(ProcessBuilder builder) {
    try {
      var process = builder.redirectErrorStream(true).start();
      process.getOutputStream().close();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new CommandLine(process.onExit().join().exitValue(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

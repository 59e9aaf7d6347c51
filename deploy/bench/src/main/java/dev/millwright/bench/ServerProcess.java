package dev.millwright.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A `BenchServer` in its own process, with the flags of this one, which are the launcher's.
final class ServerProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader said;
  private final URI url;

  private ServerProcess(Process process, BufferedReader said, URI url) {
    this.process = process;
    this.said = said;
    this.url = url;
  }

  /// Returns once it answers.
  static ServerProcess start(BenchServer.Order order) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command = new ArrayList<String>(List.of(java));
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(BenchServer.class.getName());
    command.addAll(order.arguments());
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var said = process.inputReader();
    return new ServerProcess(process, said, URI.create(await(said, "READY ")));
  }

  URI url() {
    return url;
  }

  /// Returns once as many attempts run as the order said.
  void awaitRunning() throws IOException {
    await(said, "RUNNING ");
  }

  /// `kill -9`.
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  private static String await(BufferedReader said, String word) throws IOException {
    for (var line = said.readLine(); line != null; line = said.readLine()) {
      if (line.startsWith(word)) {
        return line.substring(word.length());
      }
    }
    throw new IOException("the server ended before it said " + word);
  }

  @Override
  public void close() {
    kill();
  }
}

package dev.millwright.app.running;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// `millwright up` in a JVM of its own, over the home it is given.
public final class ServerProcess implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("Ready at (http://\\S+)");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;
  private final Path log;
  private final URI url;

  private ServerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    try {
      this.url = awaitReady();
    } catch (RuntimeException e) {
      kill();
      throw e;
    }
  }

  /// Returns when it answers.
  ///
  /// @param port where to listen; 0 takes a free one
  public static ServerProcess start(Home home, int port, String... more) {
    var log = log(home);
    return new ServerProcess(launch(home, log, port, more), log);
  }

  /// One that is killed so soon that it may not have answered yet.
  public static void startAndKill(Home home, Duration after) throws InterruptedException {
    var process = launch(home, log(home), 0);
    if (!process.waitFor(after)) {
      process.destroyForcibly().onExit().join();
    }
  }

  private static Path log(Home home) {
    return home.folder().resolve("server-" + System.nanoTime() + ".log");
  }

  private static Process launch(Home home, Path log, int port, String... more) {
    var words =
        new ArrayList<>(
            millwright("up", "--config", home.settings().toString(), "--port", "" + port));
    words.addAll(List.of(more));
    try {
      var builder = new ProcessBuilder(words).directory(home.folder().toFile());
      builder.redirectErrorStream(true).redirectOutput(log.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("MILLWRIGHT_"));
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static ServerProcess start(Home home) {
    return start(home, 0);
  }

  /// The words that run the command line in a JVM of its own.
  public static List<String> millwright(String... words) {
    return Program.words(words);
  }

  private URI awaitReady() {
    await("the factory is ready")
        .atMost(PATIENCE)
        .until(() -> !process.isAlive() || READY.matcher(output()).find());
    var ready = READY.matcher(output());
    if (!ready.find()) {
      throw new IllegalStateException(
          "the factory ended with " + process.exitValue() + ":\n" + output());
    }
    return URI.create(ready.group(1));
  }

  public URI url() {
    return url;
  }

  public long pid() {
    return process.pid();
  }

  /// Everything it printed so far.
  public String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// `kill -9`: nothing in it gets a chance to tidy up.
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /// What Ctrl-C does.
  ///
  /// @return the exit code
  public int stop() {
    process.destroy();
    return process.onExit().join().exitValue();
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      stop();
    }
  }
}

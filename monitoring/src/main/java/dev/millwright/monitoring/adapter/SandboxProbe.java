package dev.millwright.monitoring.adapter;

import dev.millwright.monitoring.domain.Monitoring.Probed;
import dev.millwright.monitoring.port.Probe;
import dev.millwright.shared.workspace.Box;
import dev.millwright.shared.workspace.Command;
import dev.millwright.shared.workspace.Exit;
import dev.millwright.shared.workspace.Limits;
import dev.millwright.shared.workspace.Mirror;
import dev.millwright.shared.workspace.OutputListener;
import dev.millwright.shared.workspace.Sandbox;
import dev.millwright.shared.workspace.Workspaces;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;

/// Probes by command in the sandbox, on a clean checkout, or by one HTTP request.
public final class SandboxProbe implements Probe {
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
  private static final int MOST_SAID = 500;

  private final Function<String, Optional<Mirror>> mirrors;
  private final Workspaces workspaces;
  private final Sandbox sandbox;
  private final Path scratch;

  public SandboxProbe(
      Function<String, Optional<Mirror>> mirrors,
      Workspaces workspaces,
      Sandbox sandbox,
      Path scratch) {
    this.mirrors = mirrors;
    this.workspaces = workspaces;
    this.sandbox = sandbox;
    this.scratch = scratch;
  }

  @Override
  public Probed look(String repo, String commit, String what) throws InterruptedException {
    try {
      return what.startsWith("http://") || what.startsWith("https://")
          ? ask(URI.create(what))
          : run(repo, commit, what);
    } catch (IOException | RuntimeException e) {
      return new Probed.Unknown("the probe could not be made: " + e.getMessage());
    }
  }

  private static Probed ask(URI address) throws InterruptedException {
    try (var client = HttpClient.newBuilder().connectTimeout(ANSWER_WITHIN).build()) {
      var request = HttpRequest.newBuilder(address).timeout(ANSWER_WITHIN).build();
      var answer = client.send(request, HttpResponse.BodyHandlers.discarding());
      var said = address + " answered " + answer.statusCode();
      return answer.statusCode() / 100 == 2 ? new Probed.Healthy(said) : new Probed.Unhealthy(said);
    } catch (IOException e) {
      return new Probed.Unhealthy(address + " did not answer: " + e);
    }
  }

  private Probed run(String repo, String commit, String line)
      throws IOException, InterruptedException {
    var mirror = mirrors.apply(repo);
    if (mirror.isEmpty()) {
      return new Probed.Unknown("there is no repository " + repo);
    }
    Files.createDirectories(scratch);
    var folder = Files.createTempDirectory(scratch, "probe-");
    try {
      workspaces.export(mirror.get(), commit, folder);
      var command = Command.shell(line).withLimits(Limits.DEFAULT.withTime(LIMIT));
      return judged(line, sandbox.run(command, Box.of(folder), OutputListener.none()));
    } finally {
      remove(folder);
    }
  }

  private static Probed judged(String line, Exit exit) {
    return switch (exit) {
      case Exit.Finished finished when finished.code() == 0 ->
          new Probed.Healthy(line + " succeeded");
      case Exit.Finished finished ->
          new Probed.Unhealthy(
              line + " exited with " + finished.code() + ": " + end(finished.output().both()));
      case Exit.TimedOut _ ->
          new Probed.Unhealthy(line + " took longer than " + LIMIT.toMinutes() + " minutes");
      case Exit.MemoryExceeded _ -> new Probed.Unhealthy(line + " used too much memory");
      case Exit.DiskExceeded(var reason, _, _) -> new Probed.Unhealthy(line + " " + reason);
      case Exit.OutputExceeded _ -> new Probed.Unhealthy(line + " printed too much");
      case Exit.NotStarted notStarted -> new Probed.Unknown(notStarted.reason());
      case Exit.Cancelled _ -> new Probed.Unknown(line + " was cancelled");
    };
  }

  private static String end(String said) {
    var text = said.strip();
    return text.substring(Math.max(0, text.length() - MOST_SAID));
  }

  private static void remove(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}

package dev.millwright.shared.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The engine of this machine, spoken to through Docker's command line. An engine elsewhere is of
/// no use: it would not see the workspaces.
///
/// @param program the command line
/// @param host its socket, as `unix:///…`
record DockerEngine(Path program, String host) {
  /// The label of each container, with the data directory it belongs to.
  static final String LABEL = "dev.millwright.data";

  private static final String SEARCH_PATH = "/usr/local/bin:/usr/bin:/bin";
  private static final String LOCAL = "unix://";
  private static final Limits PATIENCE = Limits.DEFAULT.withTime(Duration.ofSeconds(30));

  /// What is installed, whether it answers or not.
  static Optional<DockerEngine> installed() {
    return Wrap.program("docker", SEARCH_PATH)
        .map(program -> new DockerEngine(program, host(program)));
  }

  /// The one a record of an earlier process names.
  static Optional<DockerEngine> at(String host) {
    return Wrap.program("docker", SEARCH_PATH)
        .filter(_ -> host.startsWith(LOCAL))
        .map(program -> new DockerEngine(program, host));
  }

  boolean local() {
    return host.startsWith(LOCAL);
  }

  /// Where the user's own command line would go.
  private static String host(Path program) {
    String named = System.getenv("DOCKER_HOST");
    if (named != null && !named.isBlank()) {
      return named;
    }
    var home = Map.of("HOME", System.getProperty("user.home", "/"));
    var format = "{{.Endpoints.docker.Host}}";
    var exit = run(List.of(program.toString(), "context", "inspect", "--format", format), home);
    return exit.succeeded() ? exit.output().stdout().strip() : LOCAL + "/var/run/docker.sock";
  }

  /// The words that begin each call. The user's own configuration is left out, for it can add
  /// variables to every container.
  List<String> words(String... more) {
    var all = new ArrayList<>(List.of(program.toString(), "--config", "/nonexistent"));
    all.addAll(List.of("--host", host));
    all.addAll(List.of(more));
    return all;
  }

  /// One short call.
  Exit call(String... more) {
    return run(words(more), Map.of());
  }

  /// What came of a removal.
  enum Removal {
    REMOVED,
    NOT_THERE,
    FAILED
  }

  /// Removes a container with all that runs in it.
  Removal remove(String container) {
    var exit = call("rm", "--force", "--volumes", container);
    if (exit.output().stderr().contains("No such container")) {
      return Removal.NOT_THERE;
    }
    return exit.succeeded() ? Removal.REMOVED : Removal.FAILED;
  }

  /// Removes every container of a data directory.
  ///
  /// @return how many there were; nothing when the engine does not answer
  Optional<Integer> sweep(String label) {
    var found = call("ps", "--all", "--quiet", "--no-trunc", "--filter", "label=" + label);
    if (!found.succeeded()) {
      return Optional.empty();
    }
    var ids = found.output().stdout().lines().toList();
    boolean gone = ids.stream().map(this::remove).noneMatch(Removal.FAILED::equals);
    return gone ? Optional.of(ids.size()) : Optional.empty();
  }

  /// Whose a file made by this process is: the user whom containers have to be to write it.
  static String owner(Path folder) throws IOException {
    var attributes = Files.readAttributes(folder, "unix:uid,gid");
    return attributes.get("uid") + ":" + attributes.get("gid");
  }

  private static Exit run(List<String> words, Map<String, String> environment) {
    var builder = new ProcessBuilder(words);
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      var command = Command.of(words).withLimits(PATIENCE);
      return ProcessRun.start(
              builder, new HostKind(), command, OutputListener.none(), ProcessRun.Keep.ENDS)
          .await();
    } catch (IOException failed) {
      return new Exit.NotStarted(String.valueOf(failed.getMessage()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Exit.NotStarted("interrupted");
    }
  }
}

package dev.millwright.app.running;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A folder with everything one factory needs: settings, data, a small repository on a bare git
/// server, and agents.
///
/// The repository `orders` checks itself with `make test` in milliseconds: every file under
/// `items/` must say `done`. The agent `worker` writes such a file, called after the item, so that
/// items never conflict.
///
/// @param folder where all of it is
public record Home(Path folder) {
  /// Writes a file of its own, and so passes.
  public static final String WORKER =
      "mkdir -p items && echo done > items/$MILLWRIGHT_ITEM.txt && echo wrote it";

  private static final Map<String, String> FILES =
      Map.of(
          "README.md", "# Orders\n\nThe file `Makefile` has the checks.\n",
          "CHANGELOG.md", "# Changelog\n\n## Unreleased\n",
          "Makefile", "test:\n\t@sh check.sh\n",
          "check.sh", "! grep -Lx done items/*.txt | grep .\n",
          "items/first.txt", "done\n");

  /// Lays everything out.
  ///
  /// @param agents the shell command behind each agent's name, or its settings in braces, beside
  ///   `worker`
  /// @param more further lines of `millwright.yaml`
  public static Home make(
      Path folder, TestDatabase database, Map<String, String> agents, String more) {
    var home = new Home(folder.toAbsolutePath());
    try {
      home.makeRepository();
      Files.writeString(home.settings(), home.yaml(database, agents, more));
      return home;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Home make(Path folder, TestDatabase database) {
    return make(folder, database, Map.of(), "");
  }

  public Path settings() {
    return folder.resolve("millwright.yaml");
  }

  public Path data() {
    return folder.resolve("data");
  }

  /// The bare repository the factory works on.
  public Path repository() {
    return folder.resolve("orders.git");
  }

  /// Runs git in the bare repository.
  ///
  /// @return what it printed
  public String git(String... words) {
    return git(repository(), words);
  }

  /// Runs git anywhere, with no configuration but the repository's.
  public static String git(Path folder, String... words) {
    var argv = new ArrayList<>(List.of("git"));
    argv.addAll(List.of(words));
    var builder = new ProcessBuilder(argv).directory(folder.toFile()).redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "GIT_CONFIG_GLOBAL", "/dev/null",
                "GIT_CONFIG_NOSYSTEM", "1",
                "GIT_AUTHOR_NAME", "Acme",
                "GIT_AUTHOR_EMAIL", "orders@acme.example",
                "GIT_COMMITTER_NAME", "Acme",
                "GIT_COMMITTER_EMAIL", "orders@acme.example"));
    try {
      var process = builder.start();
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.onExit().join().exitValue() != 0) {
        throw new IllegalStateException("git " + argv + " in " + folder + ":\n" + said);
      }
      return said.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The same, and whether it went well.
  static boolean tries(Path folder, String... words) {
    try {
      var _ = git(folder, words);
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  private void makeRepository() throws IOException {
    var work = Files.createDirectories(folder.resolve("first-checkout"));
    for (var file : FILES.entrySet()) {
      var target = work.resolve(file.getKey());
      Files.createDirectories(java.util.Objects.requireNonNull(target.getParent()));
      Files.writeString(target, file.getValue());
    }
    git(work, "init", "--quiet", "--initial-branch=main");
    git(work, "add", "--all");
    git(work, "commit", "--quiet", "--message", "Take orders");
    git(folder, "clone", "--quiet", "--bare", work.toString(), repository().toString());
  }

  private String yaml(TestDatabase database, Map<String, String> agents, String more) {
    var yaml =
        new StringBuilder(
            """
            data: data
            repos:
              orders: {url: orders.git, base: main}
            agents:
              recipes: {kind: recipes}
              worker: {kind: command, command: '%s'}
            """
                .formatted(WORKER));
    agents.forEach((name, command) -> yaml.append("  %s: %s\n".formatted(name, agent(command))));
    return yaml.append(database.settings()).append(more).toString();
  }

  private static String agent(String command) {
    return command.startsWith("{kind:")
        ? command
        : "{kind: command, command: '%s'}".formatted(quoted(command));
  }

  private static String quoted(String command) {
    return command.replace("'", "''");
  }
}

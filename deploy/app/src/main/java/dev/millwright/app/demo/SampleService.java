package dev.millwright.app.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.millwright.shared.settings.AgentSettings;
import dev.millwright.shared.workspace.Box;
import dev.millwright.shared.workspace.Command;
import dev.millwright.shared.workspace.Exit;
import dev.millwright.shared.workspace.Sandbox;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The sample service `orders` as a git repository, the signals about what is wrong with it, and
/// the agents that put it right.
///
/// The commit names a fixed author and date, so that the same Millwright always makes the same
/// hash.
public final class SampleService {
  /// The repository's name in the factory and in the signals.
  public static final String REPO = "orders";

  private static final String RESOURCES = "/demo/";
  private static final String AGENT = "command:";
  private static final String DATE = "2026-01-01T00:00:00Z";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Sandbox sandbox;

  /// Git runs in the given sandbox, like every other program.
  public SampleService(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  /// Makes the repository in the folder, with everything on `main`; one that is there already is
  /// left as it is.
  public void write(Path folder) throws IOException {
    if (Files.isDirectory(folder.resolve(".git"))) {
      return;
    }
    for (var file : files().entrySet()) {
      Path target = folder.resolve(file.getKey());
      Files.createDirectories(Objects.requireNonNull(target.getParent()));
      Files.writeString(target, file.getValue());
    }
    git(folder, "init", "--quiet", "--initial-branch=main", ".");
    git(folder, "config", "receive.denyCurrentBranch", "updateInstead");
    git(folder, "add", "--all");
    git(folder, "commit", "--quiet", "--no-gpg-sign", "--message", "Take orders for the tea shop");
  }

  /// The bodies of the signals, the most telling first.
  public List<JsonNode> signals() throws IOException {
    List<JsonNode> signals = new ArrayList<>();
    JSON.readTree(resource("signals.json")).forEach(signals::add);
    return List.copyOf(signals);
  }

  /// The agents the signals name. A command agent's command is its whole script, so nothing has to
  /// be bound into the sandbox for it.
  public Map<String, AgentSettings> agents() throws IOException {
    Map<String, AgentSettings> agents = new LinkedHashMap<>();
    for (JsonNode signal : signals()) {
      String name = signal.path("agent").asText();
      if (name.startsWith(AGENT)) {
        String script = resource("agents/" + name.substring(AGENT.length()) + ".sh");
        agents.put(name, new AgentSettings(name, "command", script));
      } else {
        agents.put(name, new AgentSettings(name, name, ""));
      }
    }
    return agents;
  }

  /// The repository's files by path. A jar cannot be listed, so the tree has an index.
  private static Map<String, String> files() throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    for (String line : resource("orders.files").lines().toList()) {
      if (!line.isBlank() && !line.startsWith("#")) {
        List<String> names = List.of(line.strip().split(" ", 2));
        files.put(names.getLast(), resource("orders/" + names.getFirst()));
      }
    }
    files.put("WORKFLOW.md", resource("WORKFLOW.md"));
    return files;
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = SampleService.class.getResourceAsStream(RESOURCES + name)) {
      if (in == null) {
        throw new FileNotFoundException("no resource " + RESOURCES + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void git(Path folder, String... words) throws IOException {
    List<String> argv = new ArrayList<>(List.of("git", "-c", "core.autocrlf=false"));
    argv.addAll(List.of(words));
    var command =
        Command.of(argv)
            .withEnvironment(
                Map.of(
                    "GIT_CONFIG_GLOBAL", "/dev/null",
                    "GIT_CONFIG_NOSYSTEM", "1",
                    "GIT_AUTHOR_NAME", "Acme",
                    "GIT_AUTHOR_EMAIL", "orders@acme.example",
                    "GIT_AUTHOR_DATE", DATE,
                    "GIT_COMMITTER_NAME", "Acme",
                    "GIT_COMMITTER_EMAIL", "orders@acme.example",
                    "GIT_COMMITTER_DATE", DATE));
    try {
      Exit exit = sandbox.run(command, Box.of(folder));
      if (!exit.succeeded()) {
        throw new IOException(
            "git " + words[0] + ": " + exit.summary() + " " + exit.output().both());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while git made the sample service");
    }
  }
}

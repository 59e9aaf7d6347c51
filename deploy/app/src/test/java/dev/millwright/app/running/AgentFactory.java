package dev.millwright.app.running;

import static org.awaitility.Awaitility.await;

import dev.millwright.codegen.adapter.scripted.ScriptedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;

/// A factory whose items are done by the real agents, before a scripted model. Tests that run
/// beside each other share one.
final class AgentFactory implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofMinutes(2);

  final ScriptedModel model;
  final Home home;
  private final AtomicInteger items = new AtomicInteger();
  private volatile ServerProcess server;

  private AgentFactory(ScriptedModel model, Home home) {
    this.model = model;
    this.home = home;
    this.server = ServerProcess.start(home);
  }

  /// @param agents further ones, as [Home#make] takes them
  /// @param more further lines of its settings
  static AgentFactory start(Path folder, Map<String, String> agents, String more)
      throws IOException {
    var model = ScriptedModel.start();
    var home = Home.make(folder, TestDatabase.H2, agents, "");
    RealAgents.join(home, model, more);
    return new AgentFactory(model, home);
  }

  Client client() {
    return new Client(server.url());
  }

  ServerProcess server() {
    return server;
  }

  /// `kill -9`, and up again.
  void dieAndRise(Runnable meanwhile) {
    server.kill();
    meanwhile.run();
    server = ServerProcess.start(home);
  }

  /// What `millwright` says to these words.
  Cli.Ended run(String... words) {
    return new Cli(home.folder(), server.url()).run(words);
  }

  /// Another item for an agent.
  ///
  /// @param command what the model has it run
  String submit(String agent, String command) {
    var key = agent + "-" + items.incrementAndGet();
    var body = new HashMap<String, Object>(Client.signalBody(key, agent));
    body.put("body", "DO: " + command);
    return client().post(202, "/api/v1/signals", body).path("item_id").asText();
  }

  void post(String item, String decision, Map<String, Object> body) {
    client().post(200, "/api/v1/items/" + item + "/" + decision, body);
  }

  /// The text of a part of it, such as `diff`.
  String text(String item, String part) {
    return client().get("/api/v1/items/" + item + "/" + part).asText();
  }

  /// How often codegen was begun.
  long attempts(String item) {
    return StreamSupport.stream(client().item(item).path("attempts").spliterator(), false)
        .filter(attempt -> attempt.path("stage").asText().equals("codegen"))
        .count();
  }

  /// What a model was asked last by whoever was told these words.
  String askedLast(String words) {
    return model.asked().stream()
        .map(asked -> asked.body().toString())
        .filter(body -> body.contains(words))
        .reduce((_, later) -> later)
        .orElseThrow();
  }

  Path workspaces(String item) {
    return home.data().resolve("workspaces").resolve(item);
  }

  /// Waits until the agent has made a file of that name.
  Path awaitFile(String item, String name) {
    return await(item + " made " + name)
        .atMost(PATIENCE)
        .until(() -> find(workspaces(item), name), Optional::isPresent)
        .orElseThrow();
  }

  private static Optional<Path> find(Path places, String name) {
    try (var all = Files.walk(places)) {
      return all.filter(path -> path.endsWith(name)).findFirst();
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  /// All that runs in a sandbox around a workspace of this item.
  List<ProcessHandle> processes(String item) {
    return ProcessHandle.of(server.pid()).stream()
        .flatMap(ProcessHandle::descendants)
        .filter(process -> sees(process.pid(), "/workspaces/" + item + "/"))
        .toList();
  }

  private static boolean sees(long pid, String folder) {
    try {
      return Files.readString(Path.of("/proc", "" + pid, "mountinfo")).contains(folder);
    } catch (IOException e) {
      return false; // It has ended.
    }
  }

  /// `kill -9` of the agent itself, not of what it started.
  void killAgent(String item) {
    processes(item).stream()
        .filter(process -> process.info().commandLine().orElse("").contains("/node_modules/"))
        .filter(process -> !process.info().command().orElse("").endsWith("bwrap"))
        .forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() {
    server.close();
    model.close();
  }
}

package dev.millwright.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.millwright.app.Millwright;
import dev.millwright.codegen.adapter.scripted.ScriptedModel;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Many agents at once under a whole factory in a process of its own: 20 commands, then 6 real ones
/// before a scripted model, from the signal to the review; and the memory each of them takes.
final class AgentsBench implements Measurement {
  private static final List<String> REAL =
      List.of("codex", "codex", "claude", "claude", "gemini", "opencode");
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String WORK = "mkdir -p items; echo done > items/";

  /// Long enough that the first still works when the last has begun, also on a busy machine; real
  /// agents do not let a command of theirs take as long.
  private static final String LONG = "sleep 45; ";

  private static final String SHORT = "sleep 8; ";

  private final HttpClient http = HttpClient.newHttpClient();

  @Override
  public boolean withDatabase() {
    return false;
  }

  @Override
  public void run(Scene scene) throws Exception {
    var folder = scene.stores().fresh(Stores.Kind.H2).data();
    repository(folder);
    try (var model = ScriptedModel.start()) {
      Files.writeString(folder.resolve("millwright.yaml"), settings(model, programs()));
      var factory = start(folder);
      try (var said = factory.inputReader()) {
        var url = ready(said.lines().iterator());
        Thread.ofVirtual().start(() -> said.lines().forEach(_ -> {}));
        measure(scene, factory, url, "20 commands", java.util.Collections.nCopies(20, "worker"));
        measure(scene, factory, url, "6 real agents", REAL);
      } finally {
        factory.destroy();
        factory.onExit().join();
      }
    }
  }

  private void measure(Scene scene, Process factory, URI url, String what, List<String> agents)
      throws Exception {
    var span = Machine.span(scene.stores());
    var items = new ArrayList<String>();
    for (var agent : agents) {
      items.add(submit(url, agent, what.replace(' ', '-') + "-" + items.size()));
    }
    var peaks = new TreeMap<String, Long>();
    var atOnce = 0L;
    var deadline = Instant.now().plus(PATIENCE);
    while (!items.stream().allMatch(item -> isDone(url, item))) {
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException("not all of them came to their review: " + items);
      }
      var trees = trees(factory);
      atOnce = Math.max(atOnce, trees.size());
      trees.forEach((_, tree) -> peaks.merge(tree.agent(), tree.kilobytes(), Math::max));
      peaks.merge("the factory", memory(factory.toHandle()), Math::max);
      Thread.sleep(100);
    }
    var figures = new LinkedHashMap<String, Double>();
    figures.put("s until all wait for review", span.seconds());
    figures.put("at once", (double) atOnce);
    peaks.forEach((agent, peak) -> figures.put("MiB " + agent, Math.rint(peak / 1024.0)));
    scene.report().add(new Report.Row("agents", "h2", what, figures, span.foreignCores()));
  }

  /// The processes of one sandbox.
  private record Tree(String agent, long kilobytes) {}

  private static Map<Long, Tree> trees(Process factory) {
    var trees = new TreeMap<Long, Tree>();
    factory
        .children()
        .forEach(root -> {
          var all = Stream.concat(Stream.of(root), root.descendants()).toList();
          var words = all.stream().map(AgentsBench::words).toList();
          agent(words)
              .ifPresent(agent ->
                  trees.put(
                      root.pid(),
                      new Tree(agent, all.stream().mapToLong(AgentsBench::memory).sum())));
        });
    return trees;
  }

  private static Optional<String> agent(List<String> words) {
    return Stream.of("codex", "claude", "gemini", "opencode", "sleep 45")
        .filter(name -> words.stream().anyMatch(it -> it.contains(name)))
        .findFirst()
        .map(name -> name.equals("sleep 45") ? "worker" : name);
  }

  private static String words(ProcessHandle process) {
    return process.info().commandLine().orElse("");
  }

  /// The proportional share: what several of them have in common counts once.
  private static long memory(ProcessHandle process) {
    try (var lines = Files.lines(Path.of("/proc", "" + process.pid(), "smaps_rollup"))) {
      return lines
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException | java.io.UncheckedIOException e) {
      return 0; // It has ended.
    }
  }

  private String submit(URI url, String agent, String key) throws Exception {
    var body =
        Map.of(
            "source",
            "bench",
            "key",
            "task:" + key,
            "title",
            "Do " + key,
            "body",
            "DO: " + (agent.equals("worker") ? LONG : SHORT) + WORK + key + ".txt",
            "kind",
            "chore",
            "repo",
            "orders",
            "agent",
            agent);
    var request =
        HttpRequest.newBuilder(url.resolve("/api/v1/signals"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build();
    var answer = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    return JSON.readTree(answer).path("item_id").asText();
  }

  private boolean isDone(URI url, String item) {
    try {
      var request = HttpRequest.newBuilder(url.resolve("/api/v1/items/" + item)).build();
      var answer = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return JSON.readTree(answer).path("waiting_on").asText().equals("review");
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Process start(Path folder) throws IOException {
    var words = new ArrayList<String>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    words.addAll(List.of("-cp", System.getProperty("java.class.path")));
    words.addAll(List.of(Millwright.class.getName(), "up", "--port", "0", "--config"));
    words.add(folder.resolve("millwright.yaml").toString());
    return new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true).start();
  }

  private static URI ready(java.util.Iterator<String> lines) {
    var said = new ArrayList<String>();
    while (lines.hasNext()) {
      said.add(lines.next());
      var at = said.getLast().indexOf("Ready at http");
      if (at >= 0) {
        return URI.create(said.getLast().substring(at + "Ready at ".length()).split("\\s")[0]);
      }
    }
    throw new IllegalStateException("the factory did not start:\n" + String.join("\n", said));
  }

  private static String settings(ScriptedModel model, String programs) {
    return """
    data: data
    repos: {orders: {url: orders, base: main}}
    line: {codegen: 20, validation: 2, release: 20, triage: 20}
    agents:
      worker: {kind: command, command: 'eval "$(sed -n "s/.*DO: //p" "$MILLWRIGHT_PROMPT_FILE" | tail -n 1)"'}
      codex: {kind: codex, command: "%1$s/codex app-server", models: [responses]}
      claude: {kind: claude, command: "%1$s/claude", models: [messages]}
      gemini: {kind: acp, command: "%1$s/gemini --acp", models: [gemini]}
      opencode: {kind: acp, command: "%1$s/opencode acp", models: [chat]}
    models:
      responses: {protocol: openai-responses, base_url: "%2$s", key: none-at-all, name: scripted}
      messages: {protocol: anthropic-messages, base_url: "%2$s", key: none-at-all, name: claude-sonnet-4-5}
      gemini: {protocol: gemini, base_url: "%2$s", key: none-at-all, name: gemini-2.5-pro}
      chat: {protocol: openai-chat, base_url: "%2$s", key: none-at-all, name: scripted}
    """
        .formatted(programs, model.url());
  }

  /// A repository that checks itself in no time.
  private static void repository(Path folder) throws IOException {
    var work = Files.createDirectories(folder.resolve("orders"));
    Files.writeString(work.resolve("Makefile"), "test:\n\t@true\n");
    Files.writeString(work.resolve("CHANGELOG.md"), "# Changelog\n");
    run(work, "git", "init", "--quiet", "--initial-branch=main");
    run(work, "git", "add", "--all");
    var who = List.of("-c", "user.name=bench", "-c", "user.email=bench@localhost");
    var commit = new ArrayList<>(List.of("git"));
    commit.addAll(who);
    commit.addAll(List.of("commit", "--quiet", "--message", "first"));
    run(work, commit.toArray(String[]::new));
  }

  /// The agents the tests use, installed first where they are missing.
  private static String programs() throws IOException {
    var root = System.getProperty("millwright.root", ".");
    return run(Path.of(root), "codegen/src/test/agents/install").strip();
  }

  private static String run(Path folder, String... words) throws IOException {
    var process =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException(String.join(" ", words) + " failed");
    }
    return said;
  }
}

package dev.millwright.codegen.actor;

import dev.millwright.codegen.adapter.CommandAgent;
import dev.millwright.codegen.adapter.LiquidTemplate;
import dev.millwright.codegen.domain.CodegenSettings;
import dev.millwright.codegen.port.Agent;
import dev.millwright.codegen.port.Jury;
import dev.millwright.shared.journal.Artifacts;
import dev.millwright.shared.journal.FileArtifacts;
import dev.millwright.shared.line.Assignment;
import dev.millwright.shared.settings.AgentSettings;
import dev.millwright.shared.settings.PolicySettings;
import dev.millwright.shared.settings.SandboxSettings;
import dev.millwright.shared.signal.Author;
import dev.millwright.shared.signal.Request;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.shared.workitem.Change;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Counters;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Kind;
import dev.millwright.shared.workitem.Lease;
import dev.millwright.shared.workitem.Note;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.StageResult;
import dev.millwright.shared.workspace.Detection;
import dev.millwright.shared.workspace.Limits;
import dev.millwright.shared.workspace.Mirror;
import dev.millwright.shared.workspace.Mirrors;
import dev.millwright.shared.workspace.Network;
import dev.millwright.shared.workspace.SandboxKind;
import dev.millwright.shared.workspace.Sandboxes;
import dev.millwright.shared.workspace.Workspaces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A real repository, a real sandbox, and the codegen stage over them.
final class Bench {
  static final ItemId ITEM = new ItemId("task-1");

  /// Where one agent works, nothing is weighed.
  static final Jury NO_JURY =
      (_, _, _) -> {
        throw new AssertionError("there is nothing to choose from");
      };

  final Path folder;
  final Path remote;
  final Mirror mirror;
  final Workspaces workspaces;
  final Overheard sandbox;
  final Map<String, String> checkpoints = new HashMap<>();
  final List<String> said = new ArrayList<>();
  final Map<SignalKey, Signal> raised = new HashMap<>();
  final List<Note> notes = new ArrayList<>();
  private final Artifacts artifacts;
  Counters counters = Counters.ZERO;
  private long generation;

  Bench(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    this.remote = folder.resolve("remote");
    git(folder, "init", "-q", "-b", "main", remote.toString());
    write("a.txt", "one\n");
    var data = Files.createDirectories(folder.resolve("data"));
    this.artifacts = new FileArtifacts(data.resolve("artifacts"));
    var mirrors = new Mirrors(data);
    this.mirror = mirrors.mirror("orders", remote.toString());
    this.sandbox =
        switch (Sandboxes.detect(SandboxKind.AUTO, data)) {
          case Detection.Available(var found) -> new Overheard(found);
          case Detection.Missing(var reason, _) -> throw new IllegalStateException(reason);
        };
    this.workspaces = new Workspaces(data, mirrors, sandbox);
  }

  static Path temporary() throws IOException {
    var memory = Path.of("/dev/shm");
    return Files.isWritable(memory)
        ? Files.createTempDirectory(memory, "millwright-test-")
        : Files.createTempDirectory("millwright-test-");
  }

  static String git(Path where, String... words) throws IOException, InterruptedException {
    var all = new ArrayList<>(List.of("git", "-c", "user.name=t", "-c", "user.email=t@t"));
    all.addAll(List.of(words));
    var process =
        new ProcessBuilder(all).directory(where.toFile()).redirectErrorStream(true).start();
    var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(String.join(" ", all) + ": " + out);
    }
    return out.strip();
  }

  /// A commit on the remote's main.
  void write(String path, String content) throws IOException, InterruptedException {
    Files.writeString(remote.resolve(path), content);
    git(remote, "add", "-A");
    git(remote, "commit", "-q", "-m", "change " + path);
  }

  StageResult run(String script, Context context) throws InterruptedException {
    return run(shell(script), context);
  }

  StageResult run(Agent agent, Context context) throws InterruptedException {
    return stage(agent).run(work(context));
  }

  Agent shell(String script) {
    return shell("shell", script);
  }

  Agent shell(String name, String script) {
    return new CommandAgent(
        new AgentSettings(name, "command", script),
        sandbox,
        Limits.DEFAULT.withOutputBytes(32L << 20),
        Network.NONE);
  }

  static CodegenSettings settings() {
    return new CodegenSettings(
        Duration.ofMinutes(2),
        Map.of(),
        Duration.ofMinutes(1),
        1L << 20,
        SandboxSettings.DEFAULT,
        PolicySettings.DEFAULT.intents());
  }

  CodegenStage stage(Agent agent) {
    return stage(List.of(agent), NO_JURY);
  }

  CodegenStage stage(List<Agent> asked, Jury jury) {
    return new CodegenStage(
        Bench::settings,
        name -> name.equals("shell") ? asked : List.of(),
        name -> name.equals("orders") ? Optional.of(mirror) : Optional.empty(),
        workspaces,
        sandbox,
        new LiquidTemplate(),
        jury,
        Clock.systemUTC());
  }

  static Context context(String... setup) {
    var signal =
        new Signal(
            new SignalKey("task:1"),
            "cli",
            new Author("kim", Author.Trust.OPERATOR),
            new Request("Say two", "Please change a.txt", null, List.of(), 2, "orders", null),
            Map.of(),
            null);
    return Context.of(signal).with(Stage.TRIAGE, contract(setup));
  }

  private static Contract contract(String... setup) {
    return new Contract(
        "a.txt says two",
        new Contract.Boundary(List.of(), List.of(".github/**"), 40, 2000),
        new Contract.Environment(List.of(setup), Map.of()),
        List.of(),
        Contract.Deliverable.PULL_REQUEST,
        new Contract.Route("orders", "main", "shell", Kind.CHORE),
        new Contract.Judgement("somebody asked", 0.9));
  }

  Assignment work(Context context) {
    var lease = new Lease(Stage.CODEGEN, ++generation, "test", Instant.EPOCH);
    return new Assignment() {
      @Override
      public ItemId item() {
        return ITEM;
      }

      @Override
      public Lease lease() {
        return lease;
      }

      @Override
      public Context context() {
        return context;
      }

      @Override
      public Counters counters() {
        return counters;
      }

      @Override
      public synchronized void say(String line) {
        said.add(line);
      }

      @Override
      public void checkpoint(String name, String value) {
        checkpoints.put(name, value);
      }

      @Override
      public Optional<String> checkpointed(String name) {
        return Optional.ofNullable(checkpoints.get(name));
      }

      @Override
      public void raise(Signal signal) {
        raised.put(signal.key(), signal);
      }

      @Override
      public void record(Note note) {
        notes.add(note);
      }

      @Override
      public Artifacts artifacts() {
        return artifacts;
      }
    };
  }

  static Change change(StageResult result) {
    if (result.part() instanceof Change change) {
      return change;
    }
    throw new AssertionError("no change: " + result.outcome());
  }

  String text(Change change, String path) {
    return new String(
        mirror.readFile(change.revision().commit(), path).orElseThrow(), StandardCharsets.UTF_8);
  }

  String artifact(String sha256) throws IOException {
    try (var in = artifacts.open(sha256).orElseThrow()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  boolean leftWorkspaces() {
    return !workspaces.list().isEmpty();
  }
}

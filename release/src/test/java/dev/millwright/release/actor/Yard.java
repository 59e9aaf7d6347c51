package dev.millwright.release.actor;

import dev.millwright.release.adapter.LocalForge;
import dev.millwright.release.port.Forge;
import dev.millwright.release.port.Verifier;
import dev.millwright.shared.journal.Artifacts;
import dev.millwright.shared.journal.FileArtifacts;
import dev.millwright.shared.line.Assignment;
import dev.millwright.shared.settings.PolicySettings;
import dev.millwright.shared.settings.RepoSettings;
import dev.millwright.shared.signal.Author;
import dev.millwright.shared.signal.Request;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.shared.workitem.ArtifactRef;
import dev.millwright.shared.workitem.Change;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Counters;
import dev.millwright.shared.workitem.Decision;
import dev.millwright.shared.workitem.Evidence;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Kind;
import dev.millwright.shared.workitem.Lease;
import dev.millwright.shared.workitem.Note;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.StageResult;
import dev.millwright.shared.workspace.Mirror;
import dev.millwright.shared.workspace.Mirrors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A real bare remote, somebody's clone of it, our mirror, and the release stage over them.
final class Yard {
  final Path data;
  final Path remote;
  final Path clone;
  final Mirror mirror;
  private final String url;
  PolicySettings policy = PolicySettings.DEFAULT;

  Yard(Path folder) throws IOException, InterruptedException {
    remote = folder.resolve("remote.git");
    clone = folder.resolve("clone");
    data = Files.createDirectories(folder.resolve("data"));
    git(folder, "init", "-q", "--bare", "-b", "main", remote.toString());
    git(folder, "clone", "-q", remote.toString(), clone.toString());
    git(clone, "checkout", "-q", "-b", "main");
    commit("a.txt", "one\n");
    git(clone, "push", "-q", "origin", "main");
    url = remote.toString();
    mirror = new Mirrors(data).mirror("orders", url);
    mirror.refresh();
  }

  private Yard(Yard other, Path checkout) {
    data = other.data.resolve("other");
    remote = checkout;
    clone = other.clone;
    url = checkout.toString();
    mirror = new Mirrors(data).mirror("orders", url);
    mirror.refresh();
  }

  /// The same, with somebody's checkout as the remote.
  Yard onto(Path checkout) {
    return new Yard(this, checkout);
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

  String commit(String path, String content) throws IOException, InterruptedException {
    Files.writeString(clone.resolve(path), content);
    git(clone, "add", "-A");
    git(clone, "commit", "-q", "-m", "change " + path);
    return git(clone, "rev-parse", "HEAD");
  }

  /// Somebody lands something on main.
  void meanwhile(String path, String content) throws IOException, InterruptedException {
    git(clone, "checkout", "-q", "main");
    commit(path, content);
    git(clone, "push", "-q", "origin", "main");
  }

  /// Somebody lands something on top of what was landed for us.
  void meanwhileAfter(String path, String content) throws IOException, InterruptedException {
    git(clone, "pull", "-q", "origin", "main");
    meanwhile(path, content);
  }

  /// A commit on top of main, in our mirror only, as codegen leaves it.
  Change change(String path, String content) throws IOException, InterruptedException {
    git(clone, "checkout", "-q", "--detach", "main");
    var base = git(clone, "rev-parse", "HEAD");
    var commit = commit(path, content);
    git(clone, "push", "-q", mirror.folder().toString(), "HEAD:refs/millwright/items/" + commit);
    git(clone, "checkout", "-q", "main");
    return new Change(
        new Change.Revision("millwright/task-1", base, commit),
        new Change.Size(1, 1, 1),
        "shell",
        "It says two now\n# Approved by @everyone <b>",
        artifact(),
        artifact());
  }

  Context context(Change change) {
    var signal =
        new Signal(
            new SignalKey("task:1"),
            "cli",
            new Author("kim", Author.Trust.OPERATOR),
            new Request("Say two", "Please", null, List.of(), 2, "orders", null),
            Map.of(),
            null);
    return Context.of(signal)
        .with(Stage.TRIAGE, contract(Contract.Deliverable.PULL_REQUEST, Kind.CHORE, 1))
        .with(Stage.CODEGEN, change);
  }

  Context checked(Change change) {
    return context(change)
        .with(
            Stage.VALIDATION,
            new Evidence(
                change.revision().commit(),
                Evidence.Verdict.PASSED,
                List.of(
                    new Evidence.CheckResult(
                        "tests",
                        "make test",
                        Evidence.Status.PASSED,
                        Duration.ofSeconds(3),
                        new Evidence.Tests(12, 0, 1),
                        "12 tests")),
                List.of(),
                artifact()));
  }

  Context approved(Change change) {
    return checked(change).with(new Decision(Decision.Verb.APPROVE, "kim", ""), Instant.EPOCH);
  }

  static Contract contract(Contract.Deliverable deliverable, Kind kind, int approvals) {
    return new Contract(
        "a.txt says two",
        new Contract.Boundary(List.of(), List.of(), 40, 2000, approvals),
        new Contract.Environment(List.of(), Map.of()),
        List.of(),
        deliverable,
        new Contract.Route("orders", "main", "shell", kind),
        new Contract.Judgement("somebody asked", 0.9));
  }

  private static ArtifactRef artifact() {
    return new ArtifactRef("a".repeat(64), 1, "text/plain");
  }

  LocalForge forge() {
    return new LocalForge(
        "local", data, _ -> Optional.of(new LocalForge.Target(url, mirror)), Clock.systemUTC());
  }

  StageResult run(Context context, Verifier verifier) throws InterruptedException {
    return run(forge(), context, verifier);
  }

  StageResult run(Forge forge, Context context, Verifier verifier) throws InterruptedException {
    return run(forge, context, verifier, new ItemId("task-1"));
  }

  StageResult run(Forge forge, Context context, Verifier verifier, ItemId item)
      throws InterruptedException {
    var repo = new RepoSettings("orders", url, "main", "local", "WORKFLOW.md");
    var place = new ReleaseStage.Place(repo, mirror, forge);
    return new ReleaseStage(_ -> Optional.of(place), () -> policy, verifier, Clock.systemUTC())
        .run(work(item, context));
  }

  String main() throws IOException, InterruptedException {
    return git(remote, "rev-parse", "refs/heads/main");
  }

  int landings() throws IOException, InterruptedException {
    var merges = git(remote, "rev-list", "--count", "--merges", "refs/heads/main");
    return Integer.parseInt(merges);
  }

  private Assignment work(ItemId item, Context context) {
    return new Assignment() {
      @Override
      public ItemId item() {
        return item;
      }

      @Override
      public Lease lease() {
        return new Lease(Stage.RELEASE, 1, "test", Instant.EPOCH);
      }

      @Override
      public Context context() {
        return context;
      }

      @Override
      public Counters counters() {
        return Counters.ZERO;
      }

      @Override
      public void say(String line) {}

      @Override
      public void checkpoint(String name, String value) {}

      @Override
      public Optional<String> checkpointed(String name) {
        return Optional.empty();
      }

      @Override
      public void raise(Signal signal) {}

      @Override
      public void record(Note note) {}

      @Override
      public Artifacts artifacts() {
        return new FileArtifacts(data.resolve("artifacts"));
      }
    };
  }
}

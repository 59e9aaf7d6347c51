package dev.millwright.validation.actor;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.shared.journal.Artifacts;
import dev.millwright.shared.journal.FileArtifacts;
import dev.millwright.shared.line.Assignment;
import dev.millwright.shared.settings.SandboxSettings;
import dev.millwright.shared.signal.Author;
import dev.millwright.shared.signal.Request;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.shared.workitem.ArtifactRef;
import dev.millwright.shared.workitem.Change;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Counters;
import dev.millwright.shared.workitem.Evidence;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Kind;
import dev.millwright.shared.workitem.Lease;
import dev.millwright.shared.workitem.Note;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.StageResult;
import dev.millwright.shared.workspace.Detection;
import dev.millwright.shared.workspace.Mirrors;
import dev.millwright.shared.workspace.SandboxKind;
import dev.millwright.shared.workspace.Sandboxes;
import dev.millwright.shared.workspace.Workspaces;
import dev.millwright.validation.adapter.MirrorChanges;
import dev.millwright.validation.adapter.SandboxedChecks;
import dev.millwright.validation.adapter.ScriptedChecks;
import dev.millwright.validation.domain.ValidationSettings;
import dev.millwright.validation.port.Checks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Validation with real git and a real sandbox: a repository with a Makefile, and a change to it.
class ValidationStageTest {
  private static final ArtifactRef NO_ARTIFACT = new ArtifactRef("0".repeat(64), 0, "text/plain");

  @TempDir private Path temp = Path.of("");
  private Path repo = Path.of("");
  private String base = "";
  private final List<String> said = new ArrayList<>();

  @BeforeEach
  void makeRepository() throws IOException, InterruptedException {
    repo = Files.createDirectories(temp.resolve("repo"));
    git("init", "-q", "-b", "main");
    Files.writeString(repo.resolve("Makefile"), "check:\n\t@grep -q good value\n");
    Files.writeString(repo.resolve("value"), "good\n");
    Files.writeString(repo.resolve("long"), "line\n".repeat(50));
    base = commit();
  }

  @Test
  void a_good_change_goes_on_with_evidence_of_its_commit() throws Exception {
    Files.writeString(repo.resolve("value"), "good and better\n");
    Files.move(repo.resolve("long"), repo.resolve("läng \"er"));
    var commit = commit();

    var result = stage().run(work(change(commit)));

    assertThat(result.outcome()).isInstanceOf(Outcome.Advance.class);
    var evidence = evidence(result);
    assertThat(evidence.commit()).isEqualTo(commit);
    assertThat(evidence.verdict()).isEqualTo(Evidence.Verdict.PASSED);
    assertThat(evidence.checks()).singleElement().extracting("command").isEqualTo("make check");
    try (var log = artifacts().open(evidence.log().sha256()).orElseThrow()) {
      assertThat(new String(log.readAllBytes(), StandardCharsets.UTF_8)).contains("$ make check");
    }
    assertThat(said).anyMatch(line -> line.startsWith("running make"));
  }

  @Test
  void a_bad_change_goes_back_to_codegen_with_what_is_wrong() throws Exception {
    Files.writeString(repo.resolve("value"), "bad\n");
    Files.createSymbolicLink(repo.resolve("link"), Path.of("/etc/passwd"));
    Files.writeString(repo.resolve("WORKFLOW.md"), "---\n---\n");

    var result = stage().run(work(change(commit())));

    assertThat(result.outcome())
        .isInstanceOfSatisfying(
            Outcome.SendBack.class,
            back -> {
              assertThat(back.to()).isEqualTo(Stage.CODEGEN);
              assertThat(back.diagnostics())
                  .anyMatch(d -> d.message().contains("link is a symlink"))
                  .anyMatch(d -> d.message().contains("WORKFLOW.md is the policy"))
                  .anyMatch(d -> d.message().startsWith("make check ended with exit code 2"));
            });
    assertThat(evidence(result).verdict()).isEqualTo(Evidence.Verdict.FAILED);
  }

  @Test
  void without_a_change_there_is_nothing_to_validate() throws Exception {
    assertThat(stage().run(work(null)).outcome()).isInstanceOf(Outcome.GiveUp.class);
  }

  @Test
  void a_commit_nobody_has_is_tried_again_later() throws Exception {
    assertThat(stage().run(work(change("f".repeat(40)))).outcome())
        .isInstanceOf(Outcome.Retry.class);
  }

  @Test
  void without_a_sandbox_it_says_how_to_get_one() throws Exception {
    Files.writeString(repo.resolve("value"), "good and better\n");
    var missing = new Checks.Answer.Missing("bwrap is not installed", "install bubblewrap");
    var checks = new ScriptedChecks(missing, missing);
    var commit = commit();

    var result =
        new ValidationStage(changes(), checks, temp.resolve("data"), Clock.systemUTC())
            .run(work(change(commit)));

    assertThat(result.outcome()).isInstanceOf(Outcome.Wait.class);
    assertThat(result.outcome().reason()).contains("bwrap is not installed", "install bubblewrap");
  }

  private ValidationStage stage() throws IOException {
    var data = Files.createDirectories(temp.resolve("data"));
    var mirrors = new Mirrors(data);
    var workspaces = new Workspaces(data, mirrors);
    var detection = Sandboxes.detect(SandboxKind.AUTO, data);
    assertThat(detection).isInstanceOf(Detection.Available.class);
    var checks =
        new SandboxedChecks(
            detection,
            (name, commit, folder) ->
                workspaces.export(mirrors.mirror(name, repo.toString()), commit, folder),
            data,
            () -> ValidationSettings.of(temp, SandboxSettings.DEFAULT));
    return new ValidationStage(changes(), checks, data, Clock.systemUTC());
  }

  private MirrorChanges changes() {
    var mirrors = new Mirrors(temp.resolve("data"));
    return new MirrorChanges(name -> {
      var mirror = mirrors.mirror(name, repo.toString());
      mirror.refresh();
      return mirror;
    });
  }

  private Change change(String commit) {
    return new Change(
        new Change.Revision("b", base, commit),
        new Change.Size(1, 1, 1),
        "coder",
        "done",
        NO_ARTIFACT,
        NO_ARTIFACT);
  }

  private static Evidence evidence(StageResult result) {
    assertThat(result.part()).isInstanceOf(Evidence.class);
    return (Evidence) requireNonNull(result.part());
  }

  private Artifacts artifacts() {
    return new FileArtifacts(temp.resolve("artifacts"));
  }

  private Assignment work(@Nullable Change change) {
    var request = new Request("Fix", "", null, List.of(), 0, "orders", null);
    var author = new Author("ann", Author.Trust.OPERATOR);
    var signal = new Signal(new SignalKey("task:1"), "cli", author, request, Map.of(), null);
    var contract =
        new Contract(
            "Fix",
            new Contract.Boundary(List.of(), List.of(), 40, 2000),
            new Contract.Environment(List.of(), Map.of()),
            List.of(),
            Contract.Deliverable.PULL_REQUEST,
            new Contract.Route("orders", "main", "coder", Kind.BUG),
            new Contract.Judgement("", 1));
    var begun = Context.of(signal).with(Stage.TRIAGE, contract);
    var context = change == null ? begun : begun.with(Stage.CODEGEN, change);
    return new Assignment() {
      @Override
      public ItemId item() {
        return new ItemId("task-1");
      }

      @Override
      public Lease lease() {
        return new Lease(Stage.VALIDATION, 3, "here", Instant.EPOCH);
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
      public void say(String line) {
        said.add(line);
      }

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
        return ValidationStageTest.this.artifacts();
      }
    };
  }

  private String commit() throws IOException, InterruptedException {
    git("add", "-A");
    git("-c", "user.name=t", "-c", "user.email=t@t", "commit", "-q", "-m", "x");
    return git("rev-parse", "HEAD").strip();
  }

  private String git(String... words) throws IOException, InterruptedException {
    var all = new ArrayList<>(List.of("git"));
    all.addAll(List.of(words));
    var process =
        new ProcessBuilder(all).directory(repo.toFile()).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}

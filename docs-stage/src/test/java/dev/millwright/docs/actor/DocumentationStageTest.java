package dev.millwright.docs.actor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.docs.domain.Scope;
import dev.millwright.shared.line.ScriptedAssignment;
import dev.millwright.shared.signal.Author;
import dev.millwright.shared.signal.Request;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.shared.workitem.ArtifactRef;
import dev.millwright.shared.workitem.Change;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.DocsReport;
import dev.millwright.shared.workitem.Kind;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.Proposal;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.StageResult;
import dev.millwright.shared.workspace.Mirrors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentationStageTest {
  private final Path folder;
  private final Path remote;
  private final DocumentationStage stage;
  private Scope scope = Scope.ALL;

  DocumentationStageTest(@TempDir Path folder) {
    this.folder = folder;
    this.remote = folder.resolve("remote");
    var mirror = new Mirrors(folder.resolve("data")).mirror("orders", remote.toString());
    this.stage =
        new DocumentationStage(
            name -> name.equals("orders") ? Optional.of(mirror) : Optional.empty(), _ -> scope);
  }

  @BeforeEach
  void a_service_with_documentation() throws Exception {
    git(folder, "init", "-q", "-b", "main", remote.toString());
    write("README.md", "Run `./run.sh` or `make test`, see [the guide](docs/guide.md).\n");
    write("docs/guide.md", "The code is in `src/orders.py`. Never was: `src/ghost.py`.\n");
    write("src/orders.py", "print('orders')\n");
    write("run.sh", "exit 0\n");
    write("Makefile", "test:\n\ttrue\n");
    commit();
  }

  @Test
  void what_a_change_made_false_is_raised_as_one_bounded_piece_of_documentation_work()
      throws Exception {
    var base = commit();
    Files.delete(remote.resolve("run.sh"));
    Files.delete(remote.resolve("src/orders.py"));
    write("src/service.py", "print('orders')\n");
    write("Makefile", "check:\n\ttrue\n");
    var landed = commit();

    var result = run(item("http", base, landed, landed));

    assertThat(drift(result))
        .containsExactly(
            "README.md runs ./run.sh, which does not exist",
            "README.md runs make test, which does not exist",
            "docs/guide.md names src/orders.py, which does not exist");
    var raised = result.raised().getFirst();
    assertThat(raised.key().value()).isEqualTo("docs-drift:task-7@" + landed);
    assertThat(raised.author().trust()).isEqualTo(Author.Trust.MACHINE);
    assertThat(raised.request().kind()).isEqualTo("docs");
    assertThat(raised.request().body()).contains(drift(result));
    assertThat(result.raised()).hasSize(1);
    assertThat(result.outcome()).isInstanceOf(Outcome.Advance.class);
  }

  @Test
  void a_repository_says_which_of_its_documentation_is_looked_after() throws Exception {
    var base = commit();
    Files.delete(remote.resolve("run.sh"));
    Files.delete(remote.resolve("src/orders.py"));
    write("src/service.py", "print('orders')\n");
    var landed = commit();

    scope = new Scope(true, List.of("docs/**", "{"));
    var some = run(item("http", base, landed, landed));
    scope = new Scope(false, List.of());
    var none = run(item("http", base, landed, landed));

    assertThat(drift(some))
        .containsExactly("docs/guide.md names src/orders.py, which does not exist");
    assertThat(drift(none)).isEmpty();
    assertThat(none.raised()).isEmpty();
  }

  @Test
  void what_was_false_before_is_not_held_against_the_change() throws Exception {
    var base = commit();
    write("src/more.py", "print('more')\n");
    var landed = commit();

    var result = run(item("http", base, landed, landed));

    assertThat(drift(result)).isEmpty();
    assertThat(result.raised()).isEmpty();
    assertThat(result.outcome().reason()).isEqualTo("the documentation holds");
  }

  @Test
  void a_changelog_gets_its_entry_unless_the_change_wrote_one() throws Exception {
    write("CHANGELOG.md", "# Changelog\n\n## Unreleased\n");
    var base = commit();
    write("src/more.py", "print('more')\n");
    var silent = commit();
    write("CHANGELOG.md", "# Changelog\n\n## Unreleased\n\n- more\n");
    var telling = commit();

    var raised = run(item("http", base, silent, silent)).raised();

    assertThat(raised).hasSize(1);
    assertThat(raised.getFirst().key().value()).isEqualTo("changelog:task-7@" + silent);
    assertThat(raised.getFirst().facts())
        .containsEntry("recipe", "changelog-entry")
        .containsEntry("text", "Sell more");
    assertThat(run(item("http", base, telling, telling)).raised()).isEmpty();
  }

  @Test
  void documentation_work_raises_no_documentation_work() throws Exception {
    var base = commit();
    Files.delete(remote.resolve("run.sh"));
    var landed = commit();

    var result = run(item(DocumentationStage.SOURCE, base, landed, landed));

    assertThat(result.raised()).isEmpty();
    assertThat(result.outcome()).isInstanceOf(Outcome.Advance.class);
  }

  @Test
  void a_second_attempt_raises_the_same_signals() throws Exception {
    var base = commit();
    Files.delete(remote.resolve("run.sh"));
    var landed = commit();
    var item = item("http", base, landed, landed);

    assertThat(run(item).raised()).isEqualTo(run(item).raised()).isNotEmpty();
  }

  @Test
  void nothing_landed_means_nothing_to_document() throws Exception {
    var base = commit();

    assertThat(run(item("http", base, base, null)).outcome().reason()).startsWith("nothing landed");
  }

  @Test
  void hostile_markdown_harms_nothing() throws Exception {
    var base = commit();
    write(
        "docs/hostile.md",
        "[nul](a\0b) `./\0x` [up](../../../../etc/passwd) [far](http://evil.example/x)\n"
            + "[self](.) [half](%zz) [wide]("
            + "x/".repeat(140)
            + ")\n"
            + "[".repeat(5_000)
            + "](".repeat(5_000)
            + "\n");
    var landed = commit();

    var result = run(item("http", base, landed, landed));

    assertThat(result.outcome()).isInstanceOf(Outcome.Advance.class);
    assertThat(drift(result)).anyMatch(said -> said.contains("../../../../etc/passwd"));
    assertThat(drift(result)).noneMatch(said -> said.contains("evil.example"));
  }

  private StageResult run(Context context) {
    return stage.run(ScriptedAssignment.of(Stage.DOCUMENTATION, context, folder));
  }

  private static List<String> drift(StageResult result) {
    return ((DocsReport) Objects.requireNonNull(result.part()))
        .drift().stream().map(found -> found.message()).toList();
  }

  private static Context item(String source, String base, String commit, @Nullable String landed) {
    var signal =
        new Signal(
            new SignalKey("task:7"),
            source,
            new Author("kim", Author.Trust.OPERATOR),
            new Request("Sell\n more", "", null, List.of(), 0, "orders", null),
            Map.of(),
            null);
    var contract =
        new Contract(
            "sell more",
            new Contract.Boundary(List.of(), List.of(), 40, 2000),
            new Contract.Environment(List.of(), Map.of()),
            List.of(),
            Contract.Deliverable.PULL_REQUEST,
            new Contract.Route("orders", "main", "shell", Kind.CHORE),
            new Contract.Judgement("asked for", 0.9));
    var none = new ArtifactRef("0".repeat(64), 0, "text/plain");
    var change =
        new Change(
            new Change.Revision("millwright/task-7", base, commit),
            new Change.Size(1, 1, 0),
            "shell",
            "sold more",
            none,
            none);
    return Context.of(signal)
        .with(Stage.TRIAGE, contract)
        .with(Stage.CODEGEN, change)
        .with(Stage.RELEASE, new Proposal("local", "1", null, commit, landed, ""));
  }

  private void write(String path, String content) throws IOException {
    var file = remote.resolve(path);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, content);
  }

  private String commit() throws IOException {
    git(remote, "add", "-A");
    git(remote, "commit", "-q", "--allow-empty", "-m", "change");
    return git(remote, "rev-parse", "HEAD");
  }

  private static String git(Path where, String... words) throws IOException {
    var all = new ArrayList<>(List.of("git", "-c", "user.name=t", "-c", "user.email=t@t"));
    all.addAll(List.of(words));
    var process =
        new ProcessBuilder(all).directory(where.toFile()).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.onExit().join().exitValue()).as(said).isZero();
    return said.strip();
  }
}

package dev.millwright.codegen.actor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Diagnostic;
import dev.millwright.shared.workitem.Feedback;
import dev.millwright.shared.workitem.Hooks;
import dev.millwright.shared.workitem.Stage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a repository's setup makes is kept by what it is made of.
class SetupTest {
  private static final String USE = "cat deps/made > a.txt; date +%N >> a.txt";

  private Path folder;
  private Bench bench;

  @BeforeEach
  void set_up() throws Exception {
    folder = Bench.temporary();
    bench = new Bench(folder);
    bench.write(".gitignore", "deps/\n");
    bench.write("deps.lock", "one\n");
    bench.write("fetch.sh", "mkdir -p deps && cat deps.lock > deps/made && echo fetched\n");
  }

  @AfterEach
  void clean_up() throws Exception {
    new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor();
  }

  @Test
  void it_runs_once_for_the_same_lock_files_and_again_for_others() throws Exception {
    Bench.change(bench.run(USE, context()));
    assertThat(heard()).containsExactly("fetched");

    bench.write("other.txt", "beside\n");
    var second = Bench.change(bench.run(USE, context()));
    assertThat(heard()).containsExactly("kept up");
    assertThat(bench.text(second, "a.txt")).startsWith("one\n");

    bench.write("deps.lock", "two\n");
    var third = Bench.change(bench.run(USE, context()));
    assertThat(heard()).containsExactly("fetched");
    assertThat(bench.text(third, "a.txt")).startsWith("two\n");
  }

  @Test
  void no_agent_spoils_it_for_another() throws Exception {
    bench.run(USE, context());
    bench.run("echo evil > deps/made; echo evil > deps/more; " + USE, context());

    var honest = Bench.change(bench.run("ls deps; " + USE, context()));

    assertThat(bench.text(honest, "a.txt")).startsWith("one\n");
    assertThat(heard()).doesNotContain("more");
  }

  @Test
  void what_an_agents_own_commit_sets_up_is_kept_for_nobody() throws Exception {
    bench.write(
        "fetch.sh", "sh sub.sh 2> /dev/null || { mkdir -p deps; echo good > deps/made; }\n");
    var first =
        Bench.change(
            bench.run("echo 'mkdir -p deps; echo evil > deps/made' > sub.sh", Bench.context()));
    var back =
        context()
            .with(Stage.CODEGEN, first)
            .with(
                new Feedback(
                    Stage.VALIDATION,
                    Stage.CODEGEN,
                    "no",
                    List.of(Diagnostic.error("tests", "no"))));

    var second = Bench.change(bench.run(USE, back));
    assertThat(bench.text(second, "a.txt")).startsWith("evil\n");

    var other = Bench.change(bench.run(USE, context()));
    assertThat(bench.text(other, "a.txt")).startsWith("good\n");
  }

  private List<String> heard() {
    var heard =
        bench.sandbox.lines().stream()
            .filter(line -> List.of("fetched", "kept up", "more").contains(line))
            .toList();
    bench.sandbox.lines().clear();
    return heard;
  }

  private static Context context() {
    var bare = Bench.context();
    var contract = bare.contract().orElseThrow();
    return bare.with(
        Stage.TRIAGE,
        new Contract(
            contract.task(),
            contract.boundary(),
            new Contract.Environment(
                List.of("sh fetch.sh"), Map.of(), Hooks.NONE, List.of("echo kept up")),
            contract.verification(),
            contract.deliverable(),
            contract.route(),
            contract.judgement()));
  }
}

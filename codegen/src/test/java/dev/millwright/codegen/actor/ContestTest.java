package dev.millwright.codegen.actor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.codegen.port.Jury;
import dev.millwright.shared.workitem.Change;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Evidence.Verdict;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.StageResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Several agents at the same work.
class ContestTest {
  private static final String SMALL = "echo two > a.txt";
  private static final String LARGE = "seq 50 > b.txt; echo two > a.txt";
  private static final String BROKEN = "exit 3";

  private Path folder;
  private Bench bench;

  @BeforeEach
  void set_up() throws Exception {
    folder = Bench.temporary();
    bench = new Bench(folder);
  }

  @AfterEach
  void clean_up() throws Exception {
    new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor();
  }

  @Test
  void the_best_evidence_wins_and_the_others_are_kept() throws Exception {
    var result =
        contest(
            verdicts(Map.of("a", Verdict.FAILED, "b", Verdict.PASSED)),
            Bench.context(),
            SMALL,
            LARGE,
            BROKEN);

    var change = (Change) Objects.requireNonNull(result.part());
    assertThat(change.agent()).isEqualTo("b");
    assertThat(change.others()).extracting(Change.Alternative::agent).containsExactly("a", "c");
    assertThat(change.others().getFirst().diff()).isNotNull();
    assertThat(change.others().getFirst().outcome()).startsWith("failed: ");
    assertThat(change.others().getLast().diff()).isNull();
    assertThat(bench.mirror.readFile(change.revision().commit(), "b.txt")).isPresent();
    assertThat(folder.resolve("data/workspaces/task-1")).doesNotExist();
    assertThat(folder.resolve("data/workspaces/task-1_2")).doesNotExist();
  }

  @Test
  void of_two_equals_the_smaller_one_wins() throws Exception {
    var result =
        contest(
            verdicts(Map.of("a", Verdict.PASSED, "b", Verdict.PASSED)),
            Bench.context(),
            LARGE,
            SMALL);

    assertThat(((Change) Objects.requireNonNull(result.part())).agent()).isEqualTo("b");
  }

  @Test
  void who_made_the_change_goes_on_with_it_alone() throws Exception {
    var first =
        contest(
            verdicts(Map.of("a", Verdict.FAILED, "b", Verdict.PASSED)),
            Bench.context(),
            SMALL,
            LARGE);
    var made = (Change) Objects.requireNonNull(first.part());

    var second =
        contest(
            Bench.NO_JURY, Bench.context().with(Stage.CODEGEN, made), SMALL, "echo three > c.txt");

    var change = (Change) Objects.requireNonNull(second.part());
    assertThat(change.agent()).isEqualTo("b");
    assertThat(change.others()).isEmpty();
  }

  @Test
  void where_nobody_brings_a_change_what_may_succeed_later_counts() throws Exception {
    var result = contest(Bench.NO_JURY, Bench.context(), "true", BROKEN);

    assertThat(result.outcome()).isInstanceOf(Outcome.Retry.class);
  }

  @Test
  void what_a_crash_left_of_any_of_them_is_kept() throws Exception {
    bench.mirror.refresh();
    var left =
        bench.workspaces.create(
            "task-1_2", 0, bench.mirror, bench.mirror.resolve("refs/heads/main").orElseThrow());
    Files.writeString(left.files().resolve("half"), "half");

    contest(
        verdicts(Map.of("a", Verdict.PASSED, "b", Verdict.PASSED)), Bench.context(), SMALL, LARGE);

    var kept = bench.mirror.resolve("refs/millwright/salvage/task-1_2/0").orElseThrow();
    assertThat(bench.mirror.readFile(kept, "half")).isPresent();
  }

  private StageResult contest(Jury jury, Context context, String... scripts)
      throws InterruptedException {
    var names = List.of("a", "b", "c");
    var agents =
        Arrays.stream(scripts)
            .map(script -> bench.shell(names.get(Arrays.asList(scripts).indexOf(script)), script))
            .toList();
    return bench.stage(agents, jury).run(bench.work(context));
  }

  private static Jury verdicts(Map<String, Verdict> said) {
    return (_, _, change) ->
        new Jury.Ballot(Objects.requireNonNull(said.get(change.agent())), 0, "said so");
  }
}

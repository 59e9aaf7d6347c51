package dev.millwright.codegen.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Hooks;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.StageResult;
import dev.millwright.shared.workspace.Errand;
import dev.millwright.shared.workspace.Network;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Symphony's hooks, in the real sandbox.
class HooksTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private Path folder;
  private Bench bench;

  @BeforeEach
  void set_up() throws Exception {
    folder = Bench.temporary();
    bench = new Bench(folder);
    bench.write(".gitignore", "steps\n");
  }

  @AfterEach
  void clean_up() throws Exception {
    new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor();
  }

  @Test
  void they_run_in_order_in_the_workspace_before_the_agent() throws Exception {
    var result =
        run(
            "cat steps; cp steps a.txt",
            hooks(
                "set -e\ntest $PWD = /workspace\necho after_create >> steps\n",
                "case $0 in *sh) echo before_run >> steps;; esac",
                "",
                ""));

    assertThat(bench.text(Bench.change(result), "a.txt")).isEqualTo("after_create\nbefore_run\n");
  }

  @Test
  void a_hook_that_clones_into_the_workspace_has_nothing_to_do() throws Exception {
    var result =
        run(
            "cp steps a.txt",
            hooks(
                "set -eu\ngit clone --depth 1 https://nowhere.invalid/orders .\ngit log -1 --format=%s > steps",
                "", "", ""));

    assertThat(bench.text(Bench.change(result), "a.txt")).isEqualTo("change .gitignore\n");
  }

  @Test
  void after_create_or_before_run_that_fails_ends_the_attempt_and_the_next_starts_anew()
      throws Exception {
    for (var failing : List.of(hooks("echo no; exit 3", "", "", ""), hooks("", "exit 3", "", ""))) {
      var result = run("echo two > a.txt; echo agent was here", failing);

      assertThat(result.outcome())
          .isInstanceOfSatisfying(
              Outcome.Retry.class,
              retry -> assertThat(retry.reason()).contains("hook", "exit code 3"));
      assertThat(bench.said).noneMatch(line -> line.contains("agent was here"));
      assertThat(bench.leftWorkspaces()).isFalse();
    }
    assertThat(run("echo two > a.txt", Hooks.NONE).outcome()).isInstanceOf(Outcome.Advance.class);
  }

  @Test
  void a_hook_that_hangs_is_ended_by_its_limit() throws Exception {
    var slow = new Hooks("sleep 600", "", "", "", Duration.ofMillis(300));

    assertThat(run("echo two > a.txt", slow).outcome())
        .isInstanceOfSatisfying(
            Outcome.Retry.class, retry -> assertThat(retry.reason()).contains("timed out"));
  }

  @Test
  void what_runs_at_the_end_is_no_part_of_the_change_and_its_failure_is_nobodys() throws Exception {
    var result =
        run(
            "echo two > a.txt",
            hooks("", "", "echo three > a.txt; exit 4", "head -c 3000000 /dev/zero; exit 5"));

    assertThat(bench.text(Bench.change(result), "a.txt")).isEqualTo("two\n");
    assertThat(bench.leftWorkspaces()).isFalse();
  }

  @Test
  void after_run_and_before_remove_run_after_success_failure_and_an_interrupt() throws Exception {
    var ending = hooks("", "", "echo after_run", "echo before_remove");

    run("echo two > a.txt", ending);
    assertThat(endings()).containsExactly("after_run", "before_remove");

    run("exit 7", ending);
    assertThat(endings()).containsExactly("after_run", "before_remove");

    run("true", hooks("", "exit 1", ending.afterRun(), ending.beforeRemove()));
    assertThat(endings()).containsExactly("after_run", "before_remove");

    interrupted("echo half > a.txt; echo started; sleep 600", ending);
    assertThat(endings()).containsExactly("after_run", "before_remove");

    run("true", hooks("exit 1", "", ending.afterRun(), ending.beforeRemove()));
    assertThat(endings()).isEmpty();
  }

  @Test
  void they_still_run_for_a_workspace_that_a_crash_left() throws Exception {
    bench.mirror.refresh();
    var left = bench.workspaces.create("task-1", 0, bench.mirror, "main");
    bench.workspaces.onRemoval(
        left, List.of(new Errand("before_remove", "echo before_remove\necho 'ä = :'\n", LIMIT)));

    bench.run("echo two > a.txt", Bench.context());

    assertThat(bench.sandbox.lines()).contains("before_remove", "ä = :");
    assertThat(bench.leftWorkspaces()).isFalse();
  }

  @Test
  void an_agent_reaches_no_network_through_a_hook_that_runs_after_it() throws Exception {
    assertThat(Network.ofPreparing(Bench.settings().sandbox())).isEqualTo(Network.HOST);

    run(
        "echo 'echo nets: /sys/class/net/*; cat /proc/net/dev' > steps",
        hooks("", "", "sh steps", ""));

    assertThat(bench.sandbox.lines())
        .filteredOn(line -> line.matches(" *[a-z0-9]+: *\\d+ .*"))
        .singleElement()
        .asString()
        .contains("lo:");
  }

  private StageResult run(String script, Hooks hooks) throws InterruptedException {
    return bench.run(script, context(hooks));
  }

  private List<String> endings() {
    var heard =
        bench.sandbox.lines().stream()
            .filter(line -> List.of("after_run", "before_remove").contains(line))
            .toList();
    bench.sandbox.lines().clear();
    return heard;
  }

  private void interrupted(String script, Hooks hooks) throws Exception {
    bench.said.clear();
    var ended = new CompletableFuture<Throwable>();
    var thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                run(script, hooks);
                ended.complete(new AssertionError("it ran to its end"));
              } catch (Throwable thrown) {
                ended.complete(thrown);
              }
            });
    await().until(() -> List.copyOf(bench.said).contains("started"));
    thread.interrupt();
    assertThat(ended.get()).isInstanceOf(InterruptedException.class);
  }

  private static Hooks hooks(String create, String before, String after, String remove) {
    return new Hooks(create, before, after, remove, LIMIT);
  }

  private static Context context(Hooks hooks) {
    var bare = Bench.context();
    var contract = bare.contract().orElseThrow();
    return bare.with(
        Stage.TRIAGE,
        new Contract(
            contract.task(),
            contract.boundary(),
            new Contract.Environment(List.of(), Map.of(), hooks, List.of()),
            contract.verification(),
            contract.deliverable(),
            contract.route(),
            contract.judgement()));
  }
}

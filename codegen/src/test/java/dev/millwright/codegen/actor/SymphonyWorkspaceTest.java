package dev.millwright.codegen.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millwright.shared.signal.SignalKey;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Hooks;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.StageResult;
import dev.millwright.shared.workspace.Errand;
import dev.millwright.shared.workspace.Mirrors;
import dev.millwright.shared.workspace.Network;
import dev.millwright.shared.workspace.Workspace;
import dev.millwright.shared.workspace.Workspaces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Symphony's lines about workspaces and hooks, in the real sandbox.
class SymphonyWorkspaceTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private static Path folder = Path.of("");
  private static Bench bench;

  @BeforeAll
  static void set_up() throws Exception {
    folder = Bench.temporary();
    bench = new Bench(folder);
    bench.write(".gitignore", "steps\n");
  }

  @BeforeEach
  void forget() throws Exception {
    new ProcessBuilder("rm", "-rf", folder.resolve("data/workspaces").toString()).start().waitFor();
    bench.said.clear();
    bench.sandbox.lines().clear();
  }

  @AfterAll
  static void clean_up() throws Exception {
    new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor();
  }

  @Test
  void C59_hooks_run_in_the_workspace_as_scripts_of_a_login_shell() throws Exception {
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
  void C54_after_create_that_fails_ends_the_attempt() throws Exception {
    assertEndsWith(hooks("echo no; exit 3", "", "", ""), "hook after_create", "exit code 3", "no");
  }

  @Test
  void C55_what_a_failed_after_create_left_is_gone_and_the_next_attempt_runs_it_again()
      throws Exception {
    var once = hooks("test -e made && exit 9; touch made; exit 3", "", "", "");

    for (int attempt = 1; attempt <= 2; attempt++) {
      assertEndsWith(once, "exit code 3");
    }
    assertThat(run("echo two > a.txt", Hooks.NONE).outcome()).isInstanceOf(Outcome.Advance.class);
  }

  @Test
  void C56_before_run_that_fails_ends_the_attempt() throws Exception {
    assertEndsWith(hooks("", "exit 3", "", ""), "hook before_run", "exit code 3");
  }

  @Test
  void C60_each_hook_has_the_time_that_is_configured() throws Exception {
    var slow = new Hooks("sleep 600", "", "", "", Duration.ofMillis(300));

    assertThat(run("echo two > a.txt", slow).outcome())
        .isInstanceOfSatisfying(
            Outcome.Retry.class, retry -> assertThat(retry.reason()).contains("timed out"));
  }

  @Test
  void C57_after_run_runs_after_success_failure_a_timeout_and_an_interrupt() throws Exception {
    var ending = hooks("", "", "echo after_run; exit 4", "echo before_remove");

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
  void C58_before_remove_that_fails_floods_or_hangs_stops_no_removal() throws Exception {
    for (var script :
        List.of("exit 5", "head -c 3000000 /dev/zero; exit 5", "echo three > a.txt; sleep 600")) {
      var slow = new Hooks("", "", "", script, Duration.ofMillis(500));

      assertThat(bench.text(Bench.change(run("echo two > a.txt", slow)), "a.txt"))
          .isEqualTo("two\n");
      assertThat(bench.leftWorkspaces()).isFalse();
    }
  }

  @Test
  void C61_what_a_failing_hook_says_is_cut() throws Exception {
    var flood = hooks("head -c 100000 /dev/zero | tr '\\0' x; exit 3", "", "", "");

    assertThat(run("true", flood).outcome())
        .isInstanceOfSatisfying(
            Outcome.Retry.class, retry -> assertThat(retry.reason()).hasSizeLessThan(2_048));
  }

  @Test
  void C44_the_folder_is_the_same_for_the_same_item_and_attempt() {
    var made = create("abc-11", 2);

    assertThat(made.folder()).isEqualTo(bench.folder.resolve("data/workspaces/abc-11/g2"));
    assertThat(bench.workspaces.find("abc-11", 2)).contains(made);
  }

  @Test
  void C45_tickets_whose_names_become_the_same_word_have_folders_of_their_own() {
    var plain = new SignalKey("linear:ABC-1");
    var other = new SignalKey("linear:abc_1");

    assertThat(ItemId.of(plain)).hasToString("linear-abc-1");
    assertThat(ItemId.of(other)).hasToString("linear-abc-1");
    assertThat(ItemId.distinct(other)).isNotEqualTo(ItemId.of(plain));
    assertThat(ItemId.distinct(other).value()).startsWith("linear-abc-1-");
  }

  @Test
  void C46_a_folder_that_is_missing_is_made_with_everything_above_it() throws Exception {
    var made = create("abc-12", 1);

    assertThat(made.files().resolve("a.txt")).hasContent("one");
  }

  @Test
  void C49_a_link_that_leads_out_is_refused() throws Exception {
    var outside = Files.createDirectories(folder.resolve("outside"));
    var workspaces = Files.createDirectories(folder.resolve("data/workspaces"));
    Files.createSymbolicLink(workspaces.resolve("abc-13"), outside);

    assertThatThrownBy(() -> create("abc-13", 1)).hasMessageContaining("workspace_outside_root");
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void C50_a_root_that_is_a_link_itself_works() throws Exception {
    var real = Files.createDirectories(folder.resolve("real"));
    var data = Files.createSymbolicLink(folder.resolve("linked"), real);
    var mirrors = new Mirrors(data);
    var mirror = mirrors.mirror("orders", bench.remote.toString());
    mirror.refresh();

    var made = new Workspaces(data, mirrors).create("abc-14", 1, mirror, "main");

    assertThat(real.resolve("workspaces/abc-14/g1/files/a.txt")).hasContent("one");
    new Workspaces(data, mirrors).leave(made, bench.sandbox);
    assertThat(real.resolve("workspaces/abc-14")).doesNotExist();
  }

  @Test
  void C52_a_folder_that_became_a_link_is_not_removed_and_no_hook_runs() throws Exception {
    var made = create("abc-15", 1);
    bench.workspaces.onRemoval(made, List.of(new Errand("before_remove", "echo ran", LIMIT)));
    var outside = folder.resolve("elsewhere");
    Files.move(made.folder(), outside);
    Files.createSymbolicLink(made.folder(), outside);

    assertThatThrownBy(() -> bench.workspaces.leave(made, bench.sandbox))
        .hasMessageContaining("workspace_outside_root");
    assertThat(bench.sandbox.lines()).doesNotContain("ran");
    assertThat(outside.resolve("files/a.txt")).exists();
  }

  @Test
  void C53_an_agent_stands_in_its_own_folder_and_sees_nothing_around_it() throws Exception {
    run("pwd; test ! -e " + bench.remote + " && echo unseen; echo two > a.txt", Hooks.NONE);
    assertThat(bench.said).contains("/workspace", "unseen");
  }

  @Test
  void C63_cleaning_up_what_is_not_there_is_nothing() throws Exception {
    var made = create("abc-16", 1);
    bench.workspaces.remove(made);

    bench.workspaces.remove(made);
    bench.workspaces.leave(made, bench.sandbox);
    new ProcessBuilder("rm", "-rf", folder.resolve("data/workspaces").toString()).start().waitFor();
    bench.workspaces.remove(made);

    assertThat(bench.workspaces.list()).isEmpty();
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

  private static void assertEndsWith(Hooks failing, String... words) throws InterruptedException {
    var result = run("echo two > a.txt; echo agent was here", failing);

    assertThat(result.outcome())
        .isInstanceOfSatisfying(
            Outcome.Retry.class, retry -> assertThat(retry.reason()).contains(words));
    assertThat(bench.said).noneMatch(line -> line.contains("agent was here"));
    assertThat(bench.leftWorkspaces()).isFalse();
  }

  private static Workspace create(String item, int generation) {
    bench.mirror.refresh();
    return bench.workspaces.create(item, generation, bench.mirror, "main");
  }

  private static StageResult run(String script, Hooks hooks) throws InterruptedException {
    return bench.run(script, context(hooks));
  }

  private static List<String> endings() {
    var heard =
        bench.sandbox.lines().stream()
            .filter(line -> List.of("after_run", "before_remove").contains(line))
            .toList();
    bench.sandbox.lines().clear();
    return heard;
  }

  private static void interrupted(String script, Hooks hooks) throws Exception {
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

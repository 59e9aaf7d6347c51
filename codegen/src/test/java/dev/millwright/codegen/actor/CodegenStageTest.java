package dev.millwright.codegen.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.codegen.adapter.LiquidTemplate;
import dev.millwright.codegen.adapter.ScriptedAgent;
import dev.millwright.codegen.port.AgentOutcome;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Decision;
import dev.millwright.shared.workitem.Diagnostic;
import dev.millwright.shared.workitem.FailureKind;
import dev.millwright.shared.workitem.Feedback;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.Proposal;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.WaitingOn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CodegenStageTest {
  private Path folder;
  private Bench bench;

  @BeforeEach
  void set_up() throws Exception {
    folder = Bench.temporary();
    bench = new Bench(folder);
  }

  @AfterEach
  void clean_up() throws Exception {
    Bench.git(folder, "version");
    new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor();
  }

  @Test
  void an_edit_becomes_a_commit_a_diff_and_a_transcript() throws Exception {
    var result =
        bench.run(
            """
            grep -q 'a.txt says two' "$MILLWRIGHT_PROMPT_FILE" && grep -q 'a.txt says two' || exit 9
            test "$PWD" = /workspace && test "$MILLWRIGHT_ITEM" = task-1 || exit 8
            echo two > a.txt
            echo '{"type":"file_change","path":"a.txt"}'
            echo '{"type":"result","status":"changed","summary":"It says two now"}'
            """,
            Bench.context());

    assertThat(result.outcome()).isInstanceOf(Outcome.Advance.class);
    var change = Bench.change(result);
    assertThat(bench.text(change, "a.txt")).isEqualTo("two\n");
    assertThat(change.revision().branch()).isEqualTo("millwright/task-1");
    assertThat(change.size().files()).isEqualTo(1);
    assertThat(change.summary()).isEqualTo("It says two now");
    assertThat(bench.artifact(change.diff().sha256())).contains("-one", "+two");
    assertThat(bench.artifact(change.transcript().sha256())).contains("changed a.txt");
    assertThat(bench.mirror.log(change.revision().commit(), 1).getFirst().body())
        .contains("It says two now", "Millwright-Item: task-1");
    assertThat(bench.leftWorkspaces()).isFalse();
  }

  @Test
  void a_command_that_is_not_in_the_clone_is_asked_for_and_not_tried_again() throws Exception {
    var result = bench.run("./fix-it.sh", Bench.context());

    assertThat(result.outcome())
        .isInstanceOfSatisfying(
            Outcome.Wait.class,
            wait -> {
              assertThat(wait.on()).isEqualTo(WaitingOn.ANSWER);
              assertThat(wait.reason()).contains("exit code 127", "fix-it.sh", "commit what");
            });
  }

  @Test
  void what_comes_after_a_landed_change_starts_at_the_base_that_has_it() throws Exception {
    var landed = Bench.change(bench.run("echo two > a.txt", Bench.context()));
    bench.write("a.txt", "two\n");
    var merge = Bench.git(bench.remote, "rev-parse", "HEAD");
    var commit = landed.revision().commit();
    var reopened =
        Bench.context()
            .with(Stage.CODEGEN, landed)
            .with(Stage.RELEASE, new Proposal("local", "1", null, commit, merge, ""));

    var back = Bench.change(bench.run("grep -q two a.txt && echo one > a.txt", reopened));

    assertThat(back.revision().base()).isEqualTo(merge);
    assertThat(bench.artifact(back.diff().sha256())).contains("-two", "+one");
  }

  @Test
  void a_failing_agent_is_tried_again_later_and_its_last_words_are_kept() throws Exception {
    var result = bench.run("echo half > a.txt; echo no compiler here; exit 3", Bench.context());

    assertThat(result.outcome())
        .isInstanceOfSatisfying(
            Outcome.Retry.class,
            retry -> {
              assertThat(retry.kind()).isEqualTo(FailureKind.BAD_RESULT);
              assertThat(retry.reason()).contains("exit code 3", "no compiler here");
            });
    assertThat(bench.mirror.resolve("refs/millwright/salvage/task-1/1")).isPresent();
    assertThat(bench.leftWorkspaces()).isFalse();
  }

  @Test
  void an_agent_that_changes_nothing_drops_the_item_with_its_words() throws Exception {
    var result = bench.run("echo it is done already", Bench.context());

    assertThat(result.outcome()).isInstanceOf(Outcome.Drop.class);
  }

  @Test
  void a_rework_that_changes_nothing_waits_for_a_person_with_what_was_asked() throws Exception {
    var first = Bench.change(bench.run("echo two > a.txt", Bench.context()));

    var result =
        bench.run("true", sentBack(Bench.context().with(Stage.CODEGEN, first), "also b, please"));

    assertThat(result.outcome())
        .isInstanceOfSatisfying(
            Outcome.Wait.class,
            wait -> {
              assertThat(wait.on()).isEqualTo(WaitingOn.ANSWER);
              assertThat(wait.reason())
                  .startsWith("shell changed nothing")
                  .contains("also b, please", "The change stands as it was");
            });
  }

  @Test
  void setup_runs_before_the_agent_and_is_in_the_transcript() throws Exception {
    bench.write(".gitignore", "deps\n");

    var result =
        bench.run(
            "cat deps/x > a.txt",
            Bench.context("mkdir deps", "echo made > deps/x; echo fetched it"));

    var change = Bench.change(result);
    assertThat(bench.text(change, "a.txt")).isEqualTo("made\n");
    assertThat(change.size().files()).isEqualTo(1);
    assertThat(bench.said).contains("setting up: mkdir deps", "fetched it");
  }

  @Test
  void setup_that_fails_waits_for_a_person_with_its_output_and_asks_no_agent() throws Exception {
    var result =
        bench.run("echo agent > a.txt", Bench.context("echo no such registry >&2; exit 3"));

    assertThat(result.outcome())
        .isInstanceOfSatisfying(
            Outcome.Wait.class,
            wait -> {
              assertThat(wait.on()).isEqualTo(WaitingOn.ANSWER);
              assertThat(wait.reason()).contains("exit code 3", "no such registry", "retry");
            });
    assertThat(bench.leftWorkspaces()).isFalse();
  }

  @Test
  void setup_that_leaves_files_in_the_repository_does_not_pass_for_the_agents_work()
      throws Exception {
    var result = bench.run("echo two > a.txt", Bench.context("echo x > left.txt"));

    assertThat(result.outcome())
        .isInstanceOfSatisfying(
            Outcome.Wait.class, wait -> assertThat(wait.reason()).contains("?? left.txt"));
  }

  @Test
  void an_agent_that_is_no_longer_configured_waits_for_a_person() throws Exception {
    var context = Bench.context();
    var stage =
        new CodegenStage(
            Bench::settings,
            _ -> List.of(),
            _ -> Optional.of(bench.mirror),
            bench.workspaces,
            bench.sandbox,
            new LiquidTemplate(),
            Bench.NO_JURY,
            Clock.systemUTC());

    assertThat(stage.run(bench.work(context)).outcome())
        .isEqualTo(
            new Outcome.Wait(
                WaitingOn.ANSWER,
                "there is no agent 'shell' any more; add it under agents, then retry",
                null));
  }

  @Test
  void a_question_waits_for_its_answer_and_the_work_goes_on_from_where_it_was() throws Exception {
    var asked =
        bench.run(
            "echo half > b.txt; echo '{\"type\":\"question\",\"text\":\"two or three?\"}'",
            Bench.context());
    var answered =
        Bench.context().with(new Decision(Decision.Verb.ANSWER, "kim", "three"), Instant.EPOCH);
    var result =
        bench.run("grep -q three && test -f b.txt || exit 9; echo three > a.txt", answered);

    assertThat(asked.outcome())
        .isEqualTo(new Outcome.Wait(WaitingOn.ANSWER, "two or three?", null));
    assertThat(bench.text(Bench.change(result), "a.txt")).isEqualTo("three\n");
    assertThat(bench.text(Bench.change(result), "b.txt")).isEqualTo("half\n");
  }

  @Test
  void a_rework_builds_on_the_earlier_commit_and_keeps_its_base() throws Exception {
    var first = Bench.change(bench.run("echo two > a.txt", Bench.context()));
    bench.write("other.txt", "meanwhile\n");
    var second =
        Bench.change(
            bench.run(
                "grep -q 'also b' || exit 9; test $(cat a.txt) = two || exit 8; echo b > b.txt",
                sentBack(Bench.context().with(Stage.CODEGEN, first), "also b")));

    assertThat(second.revision().base()).isEqualTo(first.revision().base());
    assertThat(bench.mirror.isAncestor(first.revision().commit(), second.revision().commit()))
        .isTrue();
    assertThat(second.size().files()).isEqualTo(2);
  }

  @Test
  void a_rework_that_no_longer_fits_starts_afresh_on_the_new_base() throws Exception {
    var first = Bench.change(bench.run("echo two > a.txt", Bench.context()));
    bench.write("a.txt", "somebody else\n");
    var second =
        Bench.change(
            bench.run(
                "grep -q else a.txt || exit 9; echo two >> a.txt",
                sentBack(Bench.context().with(Stage.CODEGEN, first), "conflict")));

    assertThat(second.revision().base()).isEqualTo(bench.mirror.resolve("main").orElseThrow());
    assertThat(bench.text(second, "a.txt")).isEqualTo("somebody else\ntwo\n");
  }

  @Test
  void work_that_goes_back_and_forth_ends_with_a_report() throws Exception {
    var first = Bench.change(bench.run("echo two > a.txt", Bench.context()));
    var result =
        bench.run(
            "echo one > a.txt", sentBack(Bench.context().with(Stage.CODEGEN, first), "tests fail"));

    assertThat(result.outcome())
        .isInstanceOfSatisfying(
            Outcome.GiveUp.class,
            given -> assertThat(given.reason()).contains("back and forth", "tests fail"));
  }

  @Test
  void a_line_of_ten_megabytes_is_cut_and_harms_nothing() throws Exception {
    var result =
        bench.run(
            "head -c 10000000 /dev/zero | tr '\\0' x; echo; echo two > a.txt", Bench.context());

    assertThat(bench.text(Bench.change(result), "a.txt")).isEqualTo("two\n");
    assertThat(Bench.change(result).transcript().bytes()).isLessThan(1 << 20);
  }

  @Test
  void deleting_git_or_setting_traps_in_it_changes_nothing_for_the_factory() throws Exception {
    var trap = folder.resolve("trapped");
    var trapped =
        bench.run(
            """
            printf '#!/bin/sh\\ntouch %s\\n' > .git/hooks/post-checkout 2>/dev/null
            mkdir -p .git/hooks && cp .git/hooks/post-checkout .git/hooks/pre-commit 2>/dev/null
            git config core.fsmonitor 'touch %s' && git config filter.x.clean 'touch %s'
            echo '* filter=x' > .gitattributes
            echo two > a.txt
            """
                .formatted(trap, trap, trap),
            Bench.context());
    var deleted = bench.run("rm -rf .git; echo two > a.txt", Bench.context());

    assertThat(bench.text(Bench.change(trapped), "a.txt")).isEqualTo("two\n");
    assertThat(bench.text(Bench.change(deleted), "a.txt")).isEqualTo("two\n");
    assertThat(Files.exists(trap)).isFalse();
  }

  @Test
  void a_workspace_left_by_a_crash_is_salvaged_before_the_next_attempt() throws Exception {
    bench.mirror.refresh();
    var left = bench.workspaces.create("task-1", 0, bench.mirror, "main");
    Files.writeString(left.files().resolve("lost.txt"), "nearly lost\n");

    bench.run("echo two > a.txt", Bench.context());

    var kept = bench.mirror.resolve("refs/millwright/salvage/task-1/0").orElseThrow();
    assertThat(bench.mirror.readFile(kept, "lost.txt")).isPresent();
    assertThat(bench.leftWorkspaces()).isFalse();
  }

  @Test
  void an_interrupt_ends_the_agent_and_keeps_what_it_did() throws Exception {
    var ended = new CompletableFuture<Throwable>();
    var thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                bench.run("echo half > a.txt; echo started; sleep 600", Bench.context());
                ended.complete(new AssertionError("it ran to its end"));
              } catch (Throwable thrown) {
                ended.complete(thrown);
              }
            });
    await().until(() -> List.copyOf(bench.said).contains("started"));
    thread.interrupt();

    assertThat(ended.get()).isInstanceOf(InterruptedException.class);
    assertThat(bench.mirror.resolve("refs/millwright/salvage/task-1/1")).isPresent();
    assertThat(bench.leftWorkspaces()).isFalse();
  }

  @Test
  void a_refusal_is_final() throws Exception {
    var agent =
        new ScriptedAgent("shell", (_, _) -> AgentOutcome.failed(FailureKind.REFUSAL, "not that"));

    assertThat(bench.run(agent, Bench.context()).outcome()).isInstanceOf(Outcome.GiveUp.class);
  }

  private static Context sentBack(Context context, String words) {
    return context.with(
        new Feedback(
            Stage.VALIDATION, Stage.CODEGEN, words, List.of(Diagnostic.error("tests", words))));
  }
}

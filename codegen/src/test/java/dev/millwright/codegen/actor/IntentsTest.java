package dev.millwright.codegen.actor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.shared.signal.Author;
import dev.millwright.shared.workitem.Note;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.WaitingOn;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a program gets by asking on its stdout.
class IntentsTest {
  private static final String FOLLOW_UP =
      "echo '{\"intent\":\"follow_up\",\"title\":\"Round late\",\"body\":\"In %s\",\"kind\":\"bug\"}'\n";

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
  void a_comment_is_kept_on_the_item_and_a_title_heads_the_commit() throws Exception {
    var change =
        Bench.change(
            bench.run(
                """
                echo two > a.txt
                echo '{"intent":"comment","text":"It said one for years"}'
                echo '{"intent":"set_title","title":"Say two, not one"}'
                """,
                Bench.context()));

    assertThat(bench.notes)
        .containsExactly(
            Note.comment("shell", "It said one for years"),
            Note.title("shell", "Say two, not one"));
    assertThat(bench.mirror.log(change.revision().commit(), 1).getFirst().subject())
        .isEqualTo("Say two, not one");
    assertThat(bench.artifact(change.transcript().sha256()))
        .contains("comment: It said one for years", "title: Say two, not one");
  }

  @Test
  void a_question_ends_the_attempt_and_keeps_the_work() throws Exception {
    var result =
        bench.run(
            """
            echo half > a.txt
            echo '{"intent":"ask","question":"Two or three?"}'
            """,
            Bench.context());

    assertThat(result.outcome())
        .isEqualTo(new Outcome.Wait(WaitingOn.ANSWER, "Two or three?", null));
    assertThat(bench.checkpoints).containsKey(CodegenStage.PROGRESS);
  }

  @Test
  void who_is_blocked_waits_for_a_person_even_if_it_fails_then() throws Exception {
    var result =
        bench.run(
            """
            echo '{"intent":"blocked","reason":"Nothing compiles","missing_tool":"gcc"}'
            exit 3
            """,
            Bench.context());

    assertThat(result.outcome())
        .isInstanceOfSatisfying(
            Outcome.Wait.class,
            wait ->
                assertThat(wait.reason())
                    .startsWith("shell is blocked: Nothing compiles\nIt lacks gcc: "));
  }

  @Test
  void a_follow_up_is_one_item_that_a_person_lets_begin() throws Exception {
    bench.run(FOLLOW_UP.formatted("a.txt") + FOLLOW_UP.formatted("b.txt"), Bench.context());
    bench.run(FOLLOW_UP.formatted("a.txt"), Bench.context());

    assertThat(bench.raised.values())
        .singleElement()
        .satisfies(signal -> {
          assertThat(signal.key().value()).startsWith("task:follow-up-").endsWith("-task-1");
          assertThat(signal.source()).isEqualTo("agent");
          assertThat(signal.author().trust()).isEqualTo(Author.Trust.OUTSIDER);
          assertThat(signal.request().title()).isEqualTo("Round late");
          assertThat(signal.request().body())
              .isEqualTo("In a.txt\n\nProposed by the agent shell while it worked on task-1.");
          assertThat(signal.request().kind()).isEqualTo("bug");
          assertThat(signal.request().repo()).isEqualTo("orders");
        });
  }

  @Test
  void an_item_that_was_proposed_by_an_earlier_attempt_is_not_asked_for_again() throws Exception {
    bench.run(FOLLOW_UP.formatted("a.txt"), Bench.context());
    var known = bench.notes.getFirst();
    bench.raised.clear();

    bench.run(FOLLOW_UP.formatted("a.txt"), Bench.context().with(known));

    assertThat(bench.raised).isEmpty();
  }

  @Test
  void what_is_wrong_or_beyond_policy_is_said_and_not_done() throws Exception {
    bench.run(
        """
        echo '{"intent":"comment","text":5}'
        echo '{"intent":"sing"}'
        for i in 1 2 3 4 5 6 7; do echo '{"intent":"comment","text":"'$i'"}'; done
        """,
        Bench.context());

    assertThat(bench.notes).hasSize(5);
    assertThat(bench.said)
        .contains("refused: 'text' is 5: it must be a string")
        .anyMatch(line -> line.startsWith("refused: there is no 'sing'"))
        .anyMatch(line -> line.startsWith("refused: Policy allows at most 5 comments"));
  }
}

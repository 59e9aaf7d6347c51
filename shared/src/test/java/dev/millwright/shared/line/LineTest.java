package dev.millwright.shared.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.shared.journal.EventNames;
import dev.millwright.shared.journal.ItemLists;
import dev.millwright.shared.journal.JournalAudit;
import dev.millwright.shared.settings.StorageSettings;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.workitem.Decision;
import dev.millwright.shared.workitem.Diagnostic;
import dev.millwright.shared.workitem.Dossier;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Items;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.StageResult;
import dev.millwright.shared.workitem.WaitingOn;
import dev.millwright.shared.workitem.WorkItemState;
import dev.millwright.shared.workitem.WorkItemState.Finished;
import dev.millwright.shared.workitem.WorkItemState.Result;
import dev.millwright.shared.workitem.WorkItemState.Running;
import dev.millwright.shared.workitem.WorkItemState.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class LineTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final StageResult ADVANCE = StageResult.of(new Outcome.Advance("nothing to do"));

  private final StorageSettings storage;

  LineTest(TestDatabase database, @TempDir Path data) throws Exception {
    this.storage = database.fresh(data);
  }

  @Test
  void items_travel_through_all_six_stages_to_done() throws Exception {
    try (var line = TestLine.start(storage, (_, _) -> ADVANCE)) {
      var ids = IntStream.range(0, 30).mapToObj(n -> receive(line, "test:" + n)).toList();

      await().atMost(SOON).until(() -> ids.stream().allMatch(id -> isDone(line, id)));

      var events =
          line.views.history("test-7").stream().map(entry -> EventNames.of(entry.event())).toList();
      assertThat(events).hasSize(13).startsWith("signal-received", "attempt-started");
      await().atMost(SOON).until(() -> line.views.list(query("finished")).rows().size() == 30);
      assertThat(new JournalAudit(line.database).verify(_ -> {}).isIntact()).isTrue();
    }
  }

  @Test
  void the_same_key_at_the_same_moment_gives_one_item() throws Exception {
    try (var line = TestLine.start(storage, LineTest::waitInTriage)) {
      var answers =
          IntStream.range(0, 20)
              .mapToObj(_ -> line.line.items().receive(TestLine.signal("same")))
              .map(stage -> stage.toCompletableFuture().join())
              .toList();

      assertThat(answers).extracting(Items.Received::id).containsOnly(new ItemId("same"));
      assertThat(answers).filteredOn(answer -> !answer.duplicate()).hasSize(1);
    }
  }

  @Test
  void words_that_a_database_may_not_like_harm_nothing() throws Exception {
    var hostile =
        "nul \u0000, half \ud83d, '; DROP TABLE item_view; -- %_! \uffff " + "😀".repeat(120);
    try (var line = TestLine.start(storage, (_, _) -> ADVANCE)) {
      var strange = TestLine.signal("strange", hostile);
      line.line.items().receive(strange).toCompletableFuture().get();
      var plain = receive(line, "plain");

      await().atMost(SOON).until(() -> line.views.list(query("finished")).rows().size() == 2);
      assertThat(isDone(line, plain)).isTrue();
      assertThat(line.views.list(search("drop table")).rows()).hasSize(1);
      assertThat(line.views.list(search("%_!")).rows()).hasSize(1);
      assertThat(line.views.list(search("nul \u0000,")).rows()).hasSize(1);
    }
  }

  @Test
  void unfinished_items_run_on_after_a_restart() throws Exception {
    var id = new ItemId("survivor");
    try (var line = TestLine.start(storage, LineTest::waitInTriage)) {
      line.line.desk().pause(Stage.TRIAGE, null).toCompletableFuture().get();
      receive(line, "survivor");
    }

    try (var line = TestLine.start(storage, (_, _) -> ADVANCE)) {
      assertThat(stateOf(line, id)).isInstanceOf(WorkItemState.Queued.class);
      line.line.desk().resume(Stage.TRIAGE, null).toCompletableFuture().get();

      await().atMost(SOON).until(() -> isDone(line, id));
    }
  }

  @Test
  void an_exception_in_a_stage_is_retried_and_then_needs_a_person() throws Exception {
    var runs = new AtomicInteger();
    try (var line =
        TestLine.start(
            storage,
            (_, _) -> {
              runs.incrementAndGet();
              throw new IllegalStateException("a bug");
            })) {
      var id = receive(line, "buggy");

      await()
          .atMost(SOON)
          .until(() ->
              stateOf(line, id) instanceof Waiting(_, _, var on, _, _) && on == WaitingOn.ANSWER);
      assertThat(runs).hasValue(3);
      assertThat(((Waiting) stateOf(line, id)).reason()).contains("a bug");
    }
  }

  @Test
  void words_reach_whoever_works_each_once_and_work_waits_for_them() throws Exception {
    var heard = new CopyOnWriteArrayList<String>();
    try (var line =
        TestLine.start(
            storage,
            (stage, work) -> {
              if (stage == Stage.CODEGEN) {
                var words = work.words();
                while (heard.size() < 2) {
                  var said = words.take();
                  heard.add(said.decision().text());
                  work.checkpoint(Dossier.HEARD, said.at().toString());
                }
              }
              return ADVANCE;
            })) {
      var id = receive(line, "steered");
      await()
          .atMost(SOON)
          .until(() -> stateOf(line, id) instanceof Running(_, var at, _) && at == Stage.CODEGEN);

      for (var words : List.of("use tabs", "and mind the tests")) {
        var decision = new Decision(Decision.Verb.STEER, "kim", words);
        line.line.items().decide(id, decision).toCompletableFuture().get();
      }

      await().atMost(SOON).until(() -> isDone(line, id));
      assertThat(heard).containsExactly("use tabs", "and mind the tests");
    }
  }

  @Test
  void sending_back_ends_after_so_many_rounds() throws Exception {
    try (var line =
        TestLine.start(
            storage,
            (stage, _) ->
                stage == Stage.VALIDATION
                    ? StageResult.of(
                        new Outcome.SendBack(
                            Stage.CODEGEN,
                            "tests are red",
                            List.of(Diagnostic.error("tests", "no"))))
                    : ADVANCE)) {
      var id = receive(line, "loop");

      await().atMost(SOON).until(() -> stateOf(line, id) instanceof Finished);
      var finished = (Finished) stateOf(line, id);
      assertThat(finished.result()).isEqualTo(Result.GIVEN_UP);
      assertThat(finished.reason()).contains("tests are red");
      assertThat(finished.dossier().counters().continuations()).isEqualTo(4);
    }
  }

  @Test
  void cancelling_a_running_item_stops_its_attempt_and_lets_it_tidy_up() throws Exception {
    var running = new CountDownLatch(1);
    var stopped = new CompletableFuture<Boolean>();
    try (var line =
        TestLine.start(
            storage,
            (_, _) -> {
              running.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                // Five beats long.
                stopped.complete(!new CountDownLatch(1).await(500, TimeUnit.MILLISECONDS));
              }
              return ADVANCE;
            })) {
      var id = receive(line, "slow");
      running.await();

      line.line
          .items()
          .decide(id, new Decision(Decision.Verb.CANCEL, "tester", "enough"))
          .toCompletableFuture()
          .get();

      assertThat(stopped).succeedsWithin(SOON).isEqualTo(true);
      await()
          .atMost(SOON)
          .until(() ->
              line.line.desk().overview().toCompletableFuture().get().stages().stream()
                  .allMatch(load -> load.running() == 0));
      assertThat(((Finished) stateOf(line, id)).result()).isEqualTo(Result.CANCELLED);
    }
  }

  private static StageResult waitInTriage(Stage stage, Assignment work) {
    return StageResult.of(new Outcome.Wait(WaitingOn.ANSWER, "which one?", null));
  }

  private static ItemId receive(TestLine line, String key) {
    Signal signal = TestLine.signal(key);
    return line.line.items().receive(signal).toCompletableFuture().join().id();
  }

  private static WorkItemState stateOf(TestLine line, ItemId id) {
    return line.line.items().get(id).toCompletableFuture().join().orElseThrow();
  }

  private static boolean isDone(TestLine line, ItemId id) {
    return stateOf(line, id) instanceof Finished(_, _, var result, _) && result == Result.DONE;
  }

  private static ItemLists.Query search(String words) {
    return new ItemLists.Query(null, null, null, null, words, 100, null);
  }

  private static ItemLists.Query query(String status) {
    return new ItemLists.Query(null, status, null, null, null, 100, null);
  }
}

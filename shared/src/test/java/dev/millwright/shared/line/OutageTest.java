package dev.millwright.shared.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millwright.shared.journal.ItemLists;
import dev.millwright.shared.journal.JournalAudit;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Items;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.StageResult;
import dev.millwright.shared.workitem.WorkItemState.Finished;
import dev.millwright.shared.workitem.WorkItemState.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutageTest {
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final StageResult ADVANCE = StageResult.of(new Outcome.Advance("nothing to do"));

  @TempDir Path data;

  @Test
  void a_database_that_goes_away_and_comes_back_costs_nothing_that_was_acknowledged()
      throws Exception {
    var going = new CountDownLatch(4);
    var gone = new CountDownLatch(1);
    try (var server = PostgresServer.start();
        var line =
            TestLine.start(
                server.fresh(data),
                (_, _) -> {
                  going.countDown();
                  gone.await();
                  return ADVANCE;
                })) {
      var ids = IntStream.range(0, 20).mapToObj(n -> receive(line, "before:" + n)).toList();
      going.await();

      server.away();
      gone.countDown();

      await().atMost(SOON).until(line.projection::isCutOff);
      assertThatThrownBy(() -> receive(line, "meanwhile"))
          .hasCauseInstanceOf(Items.Overloaded.class)
          .hasMessageContaining("does not answer");

      server.back();

      await().atMost(SOON).until(() -> ids.stream().allMatch(id -> isDone(line, id)));
      await().atMost(SOON).until(() -> !line.projection.isCutOff());
      var late = receive(line, "meanwhile");
      await().atMost(SOON).until(() -> isDone(line, late));
      await()
          .atMost(SOON)
          .until(() -> line.views.list(ItemLists.Query.ALL).rows().size() == ids.size() + 1);
      assertThat(new JournalAudit(line.database).verify(_ -> {}).isIntact()).isTrue();
    }
  }

  private static ItemId receive(TestLine line, String key) {
    return line.line.items().receive(TestLine.signal(key)).toCompletableFuture().join().id();
  }

  private static boolean isDone(TestLine line, ItemId id) {
    try {
      return line.line.items().get(id).toCompletableFuture().join().orElseThrow()
              instanceof Finished(_, _, var result, _)
          && result == Result.DONE;
    } catch (java.util.concurrent.CompletionException e) {
      return false; // not back yet
    }
  }
}

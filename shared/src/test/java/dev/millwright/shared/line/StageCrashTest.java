package dev.millwright.shared.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.shared.settings.StorageSettings;
import dev.millwright.shared.workitem.ArtifactRef;
import dev.millwright.shared.workitem.Change;
import dev.millwright.shared.workitem.FailureKind;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.StageResult;
import dev.millwright.shared.workitem.WorkItemEvent.AttemptEnded;
import dev.millwright.shared.workitem.WorkItemState.Finished;
import dev.millwright.shared.workitem.WorkItemState.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A bug in a stage, once in each of the six.
class StageCrashTest {
  private static final ArtifactRef NOTHING = new ArtifactRef("0".repeat(64), 0, "text/plain");
  private static final Change CHANGE =
      new Change(
          new Change.Revision("millwright/x", "base", "commit"),
          new Change.Size(1, 1, 0),
          "worker",
          "wrote it",
          NOTHING,
          NOTHING);

  private final Set<Stage> crashed = ConcurrentHashMap.newKeySet();
  private final Set<Stage> resumed = ConcurrentHashMap.newKeySet();

  @TempDir Path data;

  @Test
  void an_exception_in_any_stage_is_recorded_and_retried_and_no_work_is_lost() throws Exception {
    try (var line = TestLine.start(StorageSettings.embedded(data), this::crashOnce)) {
      for (var stage : Stage.values()) {
        line.line.items().receive(TestLine.signal(id(stage).value())).toCompletableFuture().get();
      }

      for (var stage : Stage.values()) {
        var finished = awaitFinished(line, id(stage));

        assertThat(finished.result()).isEqualTo(Result.DONE);
        assertThat(finished.dossier().context().change()).contains(CHANGE);
        assertThat(line.views.history(id(stage).value()))
            .extracting(entry -> entry.event())
            .filteredOn(event ->
                event instanceof AttemptEnded(var lease, var result, _, _)
                    && lease.stage() == stage
                    && result.outcome() instanceof Outcome.Retry(var kind, var reason, _)
                    && kind == FailureKind.CRASH
                    && reason.contains("a bug in " + stage))
            .hasSize(1);
      }
      assertThat(resumed).containsExactlyInAnyOrder(Stage.values());
    }
  }

  private StageResult crashOnce(Stage stage, Assignment work) throws InterruptedException {
    if (work.item().equals(id(stage))) {
      if (crashed.add(stage)) {
        work.checkpoint("half", "done");
        throw new IllegalStateException("a bug in " + stage);
      }
      work.checkpointed("half").ifPresent(_ -> resumed.add(stage));
    }
    return stage == Stage.CODEGEN
        ? StageResult.advance("wrote it", CHANGE)
        : StageResult.of(new Outcome.Advance("nothing to do"));
  }

  private static ItemId id(Stage stage) {
    return new ItemId("crash-in-" + stage.wire());
  }

  private static Finished awaitFinished(TestLine line, ItemId id) {
    var items = line.line.items();
    return (Finished)
        await(id + " is finished")
            .atMost(Duration.ofSeconds(60))
            .until(
                () -> items.get(id).toCompletableFuture().join().orElseThrow(),
                Finished.class::isInstance);
  }
}

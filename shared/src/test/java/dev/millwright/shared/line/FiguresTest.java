package dev.millwright.shared.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.shared.journal.Figures;
import dev.millwright.shared.journal.ItemLists;
import dev.millwright.shared.journal.ItemRow;
import dev.millwright.shared.journal.JournalFigures;
import dev.millwright.shared.journal.Progress;
import dev.millwright.shared.journal.Projection;
import dev.millwright.shared.settings.StorageSettings;
import dev.millwright.shared.workitem.Decision;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.StageResult;
import dev.millwright.shared.workitem.WaitingOn;
import dev.millwright.shared.workitem.WorkItemState.Finished;
import dev.millwright.shared.workitem.WorkItemState.Known;
import dev.millwright.shared.workitem.WorkItemState.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiguresTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final StageResult ADVANCE = StageResult.of(new Outcome.Advance("fine"));

  @TempDir Path data;

  @Test
  void a_row_knows_its_attempts_and_who_sent_it_back() throws Exception {
    try (var line = TestLine.start(StorageSettings.embedded(data), new OnceSentBack()::run)) {
      receive(line, "sent");
      var waiting = awaitRow(line, Waiting.class::isInstance);

      assertThat(waiting.item().stage()).isEqualTo(Stage.RELEASE);
      assertThat(waiting.progress().attemptsOf(Stage.CODEGEN)).isEqualTo(2);
      assertThat(waiting.progress().allAttempts()).isEqualTo(6);
      assertThat(waiting.progress().sentBack()).isEqualTo(1);
      assertThat(waiting.progress().sentBackBy()).isNull();

      decide(line, Decision.Verb.REWORK);
      var again = awaitRow(line, item -> item instanceof Waiting w && w.dossier().generation() > 8);
      assertThat(again.progress().sentBack()).isEqualTo(2);
      assertThat(again.progress().stageSince()).isAfter(waiting.progress().stageSince());

      var events = line.views.history("sent").stream().map(ItemLists.HistoryEntry::event).toList();
      assertThat(Progress.of(events)).contains(again.progress());
    }
  }

  @Test
  void every_outcome_and_every_passage_counts_once() throws Exception {
    try (var line = TestLine.start(StorageSettings.embedded(data), new OnceSentBack()::run)) {
      receive(line, "sent");
      awaitRow(line, Waiting.class::isInstance);
      decide(line, Decision.Verb.APPROVE);
      awaitRow(line, Finished.class::isInstance);

      var figures = figures(line);
      assertThat(figures.of(Stage.VALIDATION).outcomes())
          .containsEntry("advance", 1L)
          .containsEntry("send_back", 1L)
          .containsEntry("lost", 0L);
      assertThat(figures.of(Stage.VALIDATION).passed()).isEqualTo(1);
      assertThat(figures.of(Stage.VALIDATION).failed()).isEqualTo(1);
      assertThat(figures.of(Stage.CODEGEN).recent().count()).isEqualTo(2);
      assertThat(figures.of(Stage.RELEASE).recent().count()).isEqualTo(1);
      assertThat(figures.totals().recent().count()).isEqualTo(1);
      assertThat(figures.totals().ever().percentile(0.5)).isNotNull();
      assertThat(figures.totals().doneLastHour()).isEqualTo(1);
    }
  }

  @Test
  void figures_grow_old_without_changing_what_was_ever_counted() throws Exception {
    try (var line = TestLine.start(StorageSettings.embedded(data), (_, _) -> ADVANCE)) {
      receive(line, "old");
      awaitRow(line, Finished.class::isInstance);

      var later = new JournalFigures(line.database).read(Instant.now().plus(Duration.ofDays(30)));
      assertThat(later.totals().recent().count()).isZero();
      assertThat(later.totals().recent().percentile(0.5)).isNull();
      assertThat(later.totals().ever().count()).isEqualTo(1);
      assertThat(later.of(Stage.TRIAGE).passed()).isEqualTo(1);
    }
  }

  @Test
  void a_read_model_that_keeps_up_is_not_behind() throws Exception {
    try (var line = TestLine.start(StorageSettings.embedded(data), (_, _) -> ADVANCE)) {
      receive(line, "kept");
      awaitRow(line, Finished.class::isInstance);
      assertThat(line.projection.lag()).isEqualTo(Projection.Lag.NONE);

      line.projection.close();
      receive(line, "unread");

      assertThat(line.projection.lag().events()).isPositive();
      await()
          .atMost(SOON)
          .until(() -> line.projection.lag().age().compareTo(Duration.ofMillis(50)) > 0);
    }
  }

  /// Validation sends the first change back, release waits for review until somebody approved.
  private static final class OnceSentBack {
    private final Set<ItemId> sent = ConcurrentHashMap.newKeySet();

    StageResult run(Stage stage, Assignment work) {
      if (stage == Stage.VALIDATION && sent.add(work.item())) {
        return StageResult.of(new Outcome.SendBack(Stage.CODEGEN, "red", List.of()));
      }
      var approved =
          work.context().decisions().stream()
              .anyMatch(it -> it.decision().verb() == Decision.Verb.APPROVE);
      return stage == Stage.RELEASE && !approved
          ? StageResult.of(new Outcome.Wait(WaitingOn.REVIEW, "look", null))
          : ADVANCE;
    }
  }

  private static void receive(TestLine line, String key) {
    line.line.items().receive(TestLine.signal(key)).toCompletableFuture().join();
  }

  private static void decide(TestLine line, Decision.Verb verb) {
    line.line
        .items()
        .decide(new ItemId("sent"), new Decision(verb, "ann", "so"))
        .toCompletableFuture()
        .join();
  }

  private static ItemRow awaitRow(TestLine line, Predicate<Known> wanted) {
    return await()
        .atMost(SOON)
        .until(
            () ->
                line.views.list(ItemLists.Query.ALL).rows().stream()
                    .filter(row -> wanted.test(row.item()))
                    .findFirst(),
            java.util.Optional::isPresent)
        .orElseThrow();
  }

  private static Figures.Snapshot figures(TestLine line) {
    return new JournalFigures(line.database).read(Instant.now());
  }
}

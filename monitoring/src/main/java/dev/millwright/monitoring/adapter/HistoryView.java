package dev.millwright.monitoring.adapter;

import dev.millwright.shared.http.Field;
import dev.millwright.shared.journal.ItemLists.HistoryEntry;
import dev.millwright.shared.workitem.Next;
import dev.millwright.shared.workitem.Note;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.WorkItemEvent;
import dev.millwright.shared.workitem.WorkItemEvent.AttemptEnded;
import dev.millwright.shared.workitem.WorkItemEvent.AttemptLost;
import dev.millwright.shared.workitem.WorkItemEvent.AttemptStarted;
import dev.millwright.shared.workitem.WorkItemEvent.CheckpointReported;
import dev.millwright.shared.workitem.WorkItemEvent.DecisionMade;
import dev.millwright.shared.workitem.WorkItemEvent.IntentRecorded;
import dev.millwright.shared.workitem.WorkItemEvent.OutcomeRefused;
import dev.millwright.shared.workitem.WorkItemEvent.SignalReceived;
import dev.millwright.shared.workitem.WorkItemEvent.WaitEnded;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An item's journal as people read it.
record HistoryView(List<EventView> events) {
  /// One event.
  record EventView(
      long seq,
      Instant at,
      @Field(about = "the event's wire name") String event,
      @Nullable String stage,
      String summary,
      @Field(about = "chained over all events before it") String hash) {}

  static HistoryView of(List<HistoryEntry> history) {
    return new HistoryView(history.stream().map(HistoryView::event).toList());
  }

  private static EventView event(HistoryEntry entry) {
    var event = entry.event();
    return new EventView(
        entry.sequence(),
        event.at(),
        entry.name(),
        stage(event).map(Stage::wire).orElse(null),
        summary(event),
        entry.hash());
  }

  private static Optional<Stage> stage(WorkItemEvent event) {
    return switch (event) {
      case AttemptStarted(var lease, _) -> Optional.of(lease.stage());
      case AttemptEnded(var lease, _, _, _) -> Optional.of(lease.stage());
      case AttemptLost(var lease, _, _, _) -> Optional.of(lease.stage());
      case OutcomeRefused(var lease, _, _) -> Optional.of(lease.stage());
      case SignalReceived(_, _, var next, _) -> stage(next);
      case DecisionMade(_, var next, _) -> stage(next);
      case WaitEnded(var next, _) -> stage(next);
      case CheckpointReported _, IntentRecorded _ -> Optional.empty();
    };
  }

  private static Optional<Stage> stage(Next next) {
    return switch (next) {
      case Next.Queue(var stage, _) -> Optional.of(stage);
      case Next.Wait(var stage, _, _, _) -> Optional.of(stage);
      case Next.Finish(var stage, _, _) -> Optional.of(stage);
      case Next.Stay() -> Optional.empty();
    };
  }

  private static String summary(WorkItemEvent event) {
    return switch (event) {
      case SignalReceived(var signal, _, _, _) ->
          "from " + signal.source() + ": " + signal.request().title();
      case AttemptStarted(var lease, _) -> "attempt " + lease.generation() + " started";
      case AttemptEnded(_, var result, _, _) ->
          result.outcome().wire() + ": " + result.outcome().reason();
      case AttemptLost(var lease, var why, _, _) ->
          "attempt " + lease.generation() + " lost: " + why;
      case OutcomeRefused(var lease, var why, _) ->
          "outcome of attempt " + lease.generation() + " refused: " + why;
      case CheckpointReported(_, var name, var value, _) -> name + " = " + value;
      case IntentRecorded(_, var note, _) -> summary(note);
      case DecisionMade(var decision, _, _) ->
          ItemViews.wire(decision.verb())
              + " by "
              + decision.by()
              + (decision.text().isBlank() ? "" : ": " + decision.text());
      case WaitEnded _ -> "the time it waited for is over";
    };
  }

  private static String summary(Note note) {
    return switch (note.about()) {
      case COMMENT -> note.agent() + " says: " + note.text();
      case TITLE -> note.agent() + " calls its change: " + note.text();
      case TICKET -> note.agent() + " on the ticket: " + note.text();
      case FOLLOW_UP -> note.agent() + " proposes " + note.item() + ": " + note.text();
    };
  }
}

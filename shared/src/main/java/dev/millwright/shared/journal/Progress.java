package dev.millwright.shared.journal;

import dev.millwright.shared.workitem.Decision;
import dev.millwright.shared.workitem.Evolution;
import dev.millwright.shared.workitem.Next;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.WorkItemEvent;
import dev.millwright.shared.workitem.WorkItemEvent.AttemptEnded;
import dev.millwright.shared.workitem.WorkItemEvent.AttemptStarted;
import dev.millwright.shared.workitem.WorkItemEvent.DecisionMade;
import dev.millwright.shared.workitem.WorkItemEvent.SignalReceived;
import dev.millwright.shared.workitem.WorkItemState;
import dev.millwright.shared.workitem.WorkItemState.Finished;
import dev.millwright.shared.workitem.WorkItemState.Known;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How far an item came: what its state has no need to remember, read from its events.
///
/// @param attempts how many attempts of each stage were started
/// @param sentBack how often it had to go back to an earlier stage
/// @param sentBackBy the stage that sent it back to where it stands, until it moves on
/// @param openedAt when its journey began, or began again
/// @param stageSince when it came to the stage where it stands
public record Progress(
    Map<Stage, Integer> attempts,
    int sentBack,
    @Nullable Stage sentBackBy,
    Instant openedAt,
    Instant stageSince) {
  public Progress {
    attempts = Map.copyOf(attempts);
  }

  public static Progress opened(Instant at) {
    return new Progress(Map.of(), 0, null, at, at);
  }

  /// The whole of an item's journal, oldest event first; empty for an empty one.
  public static Optional<Progress> of(List<WorkItemEvent> events) {
    WorkItemState state = new WorkItemState.Blank();
    Progress progress = null;
    for (var event : events) {
      var after = Evolution.evolve(state, event).known().orElseThrow();
      progress = progress == null ? opened(event.at()) : progress.after(state, event, after);
      state = after;
    }
    return Optional.ofNullable(progress);
  }

  /// @param before how the item stood before the event
  /// @param after how it stands after it
  Progress after(WorkItemState before, WorkItemEvent event, Known after) {
    var by = sentBackBy(before, event);
    var moved = before.known().filter(it -> goesOn(it, after)).isEmpty();
    return new Progress(
        event instanceof AttemptStarted(var lease, _) ? oneMore(lease.stage()) : attempts,
        by == null ? sentBack : sentBack + 1,
        by == null && !moved ? sentBackBy : by,
        reopens(event) ? event.at() : openedAt,
        moved ? event.at() : stageSince);
  }

  public int attemptsOf(Stage stage) {
    return attempts.getOrDefault(stage, 0);
  }

  public int allAttempts() {
    return attempts.values().stream().mapToInt(Integer::intValue).sum();
  }

  private Map<Stage, Integer> oneMore(Stage stage) {
    var more = new HashMap<>(attempts);
    more.merge(stage, 1, Integer::sum);
    return more;
  }

  /// Whether an item stays in its stage: the time of a finished one stands still.
  private static boolean goesOn(Known before, Known after) {
    return before.stage() == after.stage() && !(before instanceof Finished);
  }

  private static boolean reopens(WorkItemEvent event) {
    return event instanceof SignalReceived(_, _, var next, _) && !(next instanceof Next.Stay);
  }

  private static @Nullable Stage sentBackBy(WorkItemState before, WorkItemEvent event) {
    if (event instanceof AttemptEnded(var lease, var result, Next.Queue _, _)
        && result.outcome() instanceof Outcome.SendBack) {
      return lease.stage();
    }
    return event instanceof DecisionMade(var decision, _, _)
            && decision.verb() == Decision.Verb.REWORK
        ? before.known().map(Known::stage).orElse(null)
        : null;
  }
}

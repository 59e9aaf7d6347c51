package dev.millwright.monitoring.adapter;

import dev.millwright.monitoring.adapter.ItemView.AttemptView;
import dev.millwright.shared.journal.ItemLists.HistoryEntry;
import dev.millwright.shared.workitem.ArtifactRef;
import dev.millwright.shared.workitem.Lease;
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
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads an item's attempts out of its history.
final class Attempts {
  private Attempts() {}

  static List<AttemptView> of(List<HistoryEntry> history) {
    var attempts = new LinkedHashMap<Long, AttemptView>();
    for (var entry : history) {
      var attempt =
          switch (entry.event()) {
            case AttemptStarted(var lease, _) -> attempt(lease, null, null, null, null);
            case AttemptEnded(var lease, var result, _, var at) ->
                attempt(
                    lease,
                    at,
                    result.outcome().wire(),
                    result.outcome().reason(),
                    result.exchanges());
            case AttemptLost(var lease, var why, _, var at) ->
                attempt(lease, at, "lost", why, null);
            case SignalReceived _,
                CheckpointReported _,
                IntentRecorded _,
                OutcomeRefused _,
                DecisionMade _,
                WaitEnded _ ->
                null;
          };
      if (attempt != null) {
        attempts.put(attempt.generation(), attempt);
      }
    }
    return List.copyOf(attempts.values());
  }

  private static AttemptView attempt(
      Lease lease,
      @Nullable Instant ended,
      @Nullable String outcome,
      @Nullable String reason,
      @Nullable ArtifactRef exchanges) {
    return new AttemptView(
        lease.stage().wire(),
        lease.generation(),
        lease.since(),
        ended,
        outcome,
        reason,
        exchanges == null ? null : exchanges.sha256());
  }
}

package dev.millwright.shared.line;

import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.WorkItemState.Queued;
import java.time.Duration;
import java.time.Instant;

/// An item's place in the queue of a stage.
///
/// @param rank smaller goes first; it does not change with time, so a queue stays sorted: every
///   step of priority is worth a head start, and who has waited longer than that goes first anyway,
///   so nothing starves
public record Ticket(ItemId item, Stage stage, String repo, long rank, Instant notBefore)
    implements Comparable<Ticket> {
  private static final Duration HEAD_START = Duration.ofMinutes(30);
  private static final int UNRANKED = 5;

  public static Ticket of(Queued item) {
    var dossier = item.dossier();
    var request = dossier.context().signal().request();
    var steps = request.priority() == 0 ? UNRANKED : request.priority();
    var rank = dossier.receivedAt().plus(HEAD_START.multipliedBy(steps)).toEpochMilli();
    var repo =
        dossier
            .context()
            .contract()
            .map(contract -> contract.route().repo())
            .orElse(request.repo() == null ? "" : request.repo());
    return new Ticket(dossier.id(), item.stage(), repo, rank, item.notBefore());
  }

  @Override
  public int compareTo(Ticket other) {
    var byRank = Long.compare(rank, other.rank);
    return byRank != 0 ? byRank : item.value().compareTo(other.item.value());
  }
}

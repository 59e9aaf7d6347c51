package dev.millwright.shared.line;

import dev.millwright.shared.workitem.Bystanders;
import dev.millwright.shared.workitem.Lease;
import dev.millwright.shared.workitem.WorkItemState;
import dev.millwright.shared.workitem.WorkItemState.Known;
import dev.millwright.shared.workitem.WorkItemState.Queued;
import dev.millwright.shared.workitem.WorkItemState.Running;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.typed.Cluster;

/// Tells the dispatcher who queues and the views that there is something to read.
public record LineBystanders(
    ActorRef<Dispatcher.Command> dispatcher,
    ItemLink items,
    LocalAttempts local,
    Cluster cluster,
    Runnable nudge)
    implements Bystanders {

  /// Names this run of this process among all members of the cluster.
  public static String holder(Cluster cluster) {
    return cluster.selfMember().uniqueAddress().toString();
  }

  @Override
  public void moved(WorkItemState before, Known now) {
    if (now instanceof Queued queued) {
      dispatcher.tell(new Dispatcher.Ready(Ticket.of(queued)));
    } else if (before instanceof Queued && !(now instanceof Running)) {
      dispatcher.tell(new Dispatcher.Withdraw(now.dossier().id()));
    }
    nudge.run();
  }

  @Override
  public void recovered(Known now) {
    switch (now) {
      case Queued queued -> dispatcher.tell(new Dispatcher.Ready(Ticket.of(queued)));
      case Running(var dossier, _, var lease) -> {
        if (!isAlive(lease)) {
          items.wake(dossier.id());
        }
      }
      case WorkItemState.Waiting _, WorkItemState.Finished _ -> {}
    }
  }

  @Override
  public boolean isAlive(Lease lease) {
    if (lease.holder().equals(local.holder())) {
      return local.runs(lease);
    }
    return StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
        .anyMatch(member -> member.uniqueAddress().toString().equals(lease.holder()));
  }
}

package dev.millwright.triage.domain;

import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.WaitingOn;
import dev.millwright.shared.workitem.WorkItemState.Finished;
import dev.millwright.shared.workitem.WorkItemState.Known;
import dev.millwright.shared.workitem.WorkItemState.Waiting;
import org.jspecify.annotations.Nullable;

/// What a ticket means for the item it became.
///
/// People steer an item by moving its ticket. What the factory itself moved says nothing, and a
/// change that waits for review or has been approved is not taken back because its ticket was put
/// aside: people decide about it where they review it.
public record Reconciling(Dispatching rules) {
  /// What is to be done.
  public sealed interface Step {
    /// Nothing; how the ticket is now is what is known of it from here on.
    record Keep() implements Step {}

    /// Nothing yet, and what is known of the ticket stays what it was.
    record Later() implements Step {}

    /// The ticket says something else; its item should know.
    record Refresh() implements Step {}

    /// The item is over and the ticket is work again.
    record Again() implements Step {}

    /// The change needs another round.
    record Rework(String why) implements Step {}

    /// The item must not go on.
    record Stop(String why) implements Step {}

    /// The item is over and the ticket no work any more.
    record Release() implements Step {}
  }

  /// What follows for an item from how its ticket is now.
  ///
  /// @param issue as the board has it now; `null` when it cannot be seen any more
  public Step step(Claim claim, Known item, @Nullable Issue issue) {
    if (issue == null) {
      return away(item, "it cannot be seen on the board any more");
    }
    var why = rules.whyNot(issue);
    if (why.isEmpty()) {
      return item instanceof Finished ? over(claim, issue) : underWay(claim, item, issue);
    }
    if (item instanceof Finished) {
      return new Step.Release();
    }
    if (isOwnMove(claim, issue)) {
      return new Step.Keep();
    }
    return !rules.isTerminal(issue.state()) && waitsForReview(item)
        ? new Step.Keep()
        : away(item, why.get());
  }

  private Step away(Known item, String why) {
    if (item instanceof Finished) {
      return new Step.Release();
    }
    return isDecided(item) ? new Step.Keep() : new Step.Stop(why);
  }

  private Step over(Claim claim, Issue issue) {
    var seen = Claim.Seen.of(issue);
    var cameBack = !rules.isActive(claim.seen().state());
    return claim.hold() == Claim.Hold.RELEASED
            || cameBack
            || !seen.words().equals(claim.seen().words())
        ? new Step.Again()
        : new Step.Keep();
  }

  private Step underWay(Claim claim, Known item, Issue issue) {
    if (cameBack(claim, issue)) {
      if (waitsForReview(item)) {
        return new Step.Rework(
            "the ticket was moved from %s back to %s"
                .formatted(claim.seen().state(), issue.state()));
      }
      if (isDecided(item)) {
        return new Step.Later();
      }
    }
    return Claim.Seen.of(issue).whole().equals(claim.seen().whole())
        ? new Step.Keep()
        : new Step.Refresh();
  }

  private boolean cameBack(Claim claim, Issue issue) {
    var before = Issue.folded(claim.seen().state());
    return !before.equals(Issue.folded(issue.state()))
        && (!rules.isActive(before) || before.equals(Issue.folded(claim.written().state())))
        && !isIn(issue, claim.written().asked());
  }

  private static boolean isOwnMove(Claim claim, Issue issue) {
    return isIn(issue, claim.written().state()) || isIn(issue, claim.written().asked());
  }

  private static boolean isIn(Issue issue, String state) {
    return !state.isBlank() && Issue.folded(state).equals(Issue.folded(issue.state()));
  }

  private static boolean waitsForReview(Known item) {
    return item instanceof Waiting(_, _, var on, _, _) && on == WaitingOn.REVIEW;
  }

  /// Approved, about to land, or landed.
  private static boolean isDecided(Known item) {
    var past = item.stage().compareTo(Stage.RELEASE);
    return past > 0 || (past == 0 && item.dossier().context().approved());
  }
}

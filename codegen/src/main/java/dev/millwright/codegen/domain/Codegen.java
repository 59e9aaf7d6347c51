package dev.millwright.codegen.domain;

import dev.millwright.shared.workitem.Change;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.FailureKind;
import dev.millwright.shared.workitem.Feedback;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.WaitingOn;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Codegen's rules: where an attempt starts, and what an agent's failure means for the item.
public final class Codegen {
  private static final String BRANCHES = "millwright/";
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
  private static final int MOST_DOUBLINGS = 10;

  private Codegen() {}

  /// The branch of an item's change; one per item, for all its rounds.
  public static String branch(ItemId item) {
    return BRANCHES + item;
  }

  /// Where an attempt starts.
  public sealed interface Start {
    /// The commit the change is measured against.
    String base();

    /// From the base itself.
    record Fresh(String base) implements Start {}

    /// From the commit of the round before, still measured against its own base.
    record Onward(String base, String commit) implements Start {}

    /// From the commit of the round before with the newest base merged into it.
    record Merged(String base, String commit) implements Start {}
  }

  /// The change of an earlier round; one that has landed is part of the base, and what comes after
  /// it is a change of its own.
  public static Optional<Change> underWay(Context context) {
    return context
        .change()
        .filter(change ->
            context
                .proposal()
                .filter(proposal -> proposal.landed() != null)
                .filter(proposal -> proposal.commit().equals(change.revision().commit()))
                .isEmpty());
  }

  /// Chooses the start: a later round goes on where the earlier one stopped, on the same base,
  /// unless the base has moved in a way that no longer goes together with it.
  ///
  /// @param newest the newest commit of the base branch
  /// @param together whether the earlier change merges with the newest base without a conflict
  public static Start start(
      Optional<Change> earlier, String newest, boolean together, List<Feedback> sentBack) {
    if (earlier.isEmpty() || !together) {
      return new Start.Fresh(newest);
    }
    var revision = earlier.get().revision();
    var failedOnNewest =
        !sentBack.isEmpty()
            && sentBack.getLast().from() == Stage.RELEASE
            && !sentBack.getLast().diagnostics().isEmpty();
    return failedOnNewest && !revision.base().equals(newest)
        ? new Start.Merged(newest, revision.commit())
        : new Start.Onward(revision.base(), revision.commit());
  }

  /// What a person is told when an agent was sent back and did nothing about it.
  public static String unmoved(String reason, List<Feedback> asked) {
    var wanted = asked.isEmpty() ? "" : "\nIt was asked for: " + words(asked.getLast());
    return reason
        + wanted
        + "\nThe change stands as it was. Answer with what it should do instead, change the"
        + " repository yourself and retry, or reject it.";
  }

  private static String words(Feedback feedback) {
    return feedback.diagnostics().isEmpty()
        ? feedback.summary()
        : feedback.diagnostics().getFirst().message();
  }

  /// What an agent's failure means for the item: only what can succeed later is tried again.
  ///
  /// @param failures attempts of this stage that failed in a row before this one
  /// @param longest the longest pause there may be, unless a provider wants a longer one
  public static Outcome failed(
      FailureKind kind, String reason, Optional<Duration> after, int failures, Duration longest) {
    return switch (kind) {
      case AUTH ->
          new Outcome.Wait(
              WaitingOn.ANSWER,
              "the agent is not signed in: " + reason + "; sign it in, then retry the item",
              null);
      case QUOTA -> new Outcome.Wait(WaitingOn.BUDGET, reason, after.orElse(null));
      case RATE_LIMIT ->
          new Outcome.Wait(WaitingOn.CAPACITY, reason, after.orElse(Duration.ofMinutes(1)));
      case REFUSAL -> new Outcome.GiveUp("the agent refused: " + reason);
      case CRASH, CONTEXT, STALL, TIMEOUT, BAD_RESULT, OUTSIDE ->
          new Outcome.Retry(kind, reason, after.orElse(pause(failures, longest)));
    };
  }

  private static Duration pause(int failures, Duration longest) {
    var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
    return pause.compareTo(longest) < 0 ? pause : longest;
  }
}

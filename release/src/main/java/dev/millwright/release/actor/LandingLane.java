package dev.millwright.release.actor;

import dev.millwright.release.domain.Release;
import dev.millwright.release.port.Forge;
import dev.millwright.release.port.Verifier;
import dev.millwright.shared.workitem.FailureKind;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.WaitingOn;
import dev.millwright.shared.workspace.Author;
import dev.millwright.shared.workspace.GitResult;
import dev.millwright.shared.workspace.LogEntry;
import dev.millwright.shared.workspace.Merge;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lands approved changes one after the other per repository and base branch, each checked on the
/// tree it makes together with what landed before it.
///
/// Landing twice is impossible: the merge has the reviewed commit as a parent, so a base branch
/// that contains that commit has it landed, whoever crashed in between; and the branch moves only
/// by a fast-forward from where it was seen, so two that land at once cannot both succeed. The
/// order is kept within this process; on several nodes it is that fast-forward alone which keeps
/// landings apart, at the price of checking again what was outrun.
final class LandingLane {
  private static final Logger LOG = LoggerFactory.getLogger(LandingLane.class);
  private static final int MOST_RACES = 5;
  private static final int MOST_SEARCHED = 10_000;
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

  private final Verifier verifier;
  private final Clock clock;
  private final Map<String, ReentrantLock> lanes = new ConcurrentHashMap<>();

  LandingLane(Verifier verifier, Clock clock) {
    this.verifier = verifier;
    this.clock = clock;
  }

  /// What came of it.
  sealed interface Result {
    /// The base branch holds the change since this commit.
    record OnBase(String commit) implements Result {}

    record Stopped(Outcome outcome) implements Result {}
  }

  Result land(ReleaseStage.Candidate candidate) throws InterruptedException {
    var lane =
        lanes.computeIfAbsent(
            candidate.place().repo().name() + "\n" + base(candidate), _ -> new ReentrantLock());
    lane.lockInterruptibly();
    try {
      for (int race = 0; race < MOST_RACES; race++) {
        var result = once(candidate);
        if (result.isPresent()) {
          return result.get();
        }
      }
      return later(base(candidate) + " moves faster than the checks; trying again");
    } finally {
      lane.unlock();
    }
  }

  /// One try from the newest base; empty when somebody else was faster.
  private Optional<Result> once(ReleaseStage.Candidate candidate) throws InterruptedException {
    var mirror = candidate.place().mirror();
    if (mirror.refresh() instanceof GitResult.Failed(_, var stderr)) {
      return Optional.of(later("cannot fetch the newest base: " + stderr));
    }
    var newest = mirror.resolve("refs/heads/" + base(candidate));
    if (newest.isEmpty()) {
      return Optional.of(later("there is no branch '" + base(candidate) + "'"));
    }
    var change = candidate.change().revision().commit();
    if (mirror.isAncestor(change, newest.get())) {
      return Optional.of(landedBefore(candidate, newest.get()));
    }
    return switch (mirror.mergeTree(newest.get(), change)) {
      case Merge.Conflicts(var files) ->
          Optional.of(new Result.Stopped(Release.conflicts(base(candidate), files)));
      case Merge.Failed(var reason) -> Optional.of(later("cannot merge: " + reason));
      case Merge.Merged(var tree) -> push(candidate, newest.get(), tree);
    };
  }

  private Optional<Result> push(ReleaseStage.Candidate candidate, String newest, String tree)
      throws InterruptedException {
    var mirror = candidate.place().mirror();
    var work = candidate.work();
    var revision = candidate.change().revision();
    var title = work.context().title();
    var merge =
        mirror.commitTree(
            tree,
            List.of(newest, revision.commit()),
            Release.mergeMessage(title, work.item(), revision),
            Author.MILLWRIGHT,
            clock.instant());
    if (!tree.equals(mirror.treeOf(revision.commit()))) {
      work.say("release: the base has moved; checking the combined tree " + merge);
      switch (verifier.verify(work, candidate.contract(), newest, merge)) {
        case Verifier.Said.Green(var summary) -> work.say("release: together green: " + summary);
        case Verifier.Said.Red(var summary, var diagnostics) -> {
          var outcome = Release.red(base(candidate), summary, diagnostics);
          return Optional.of(new Result.Stopped(outcome));
        }
        case Verifier.Said.Unknown(var reason) -> {
          return Optional.of(later("the combined tree could not be checked: " + reason));
        }
      }
    }
    var repo = candidate.place().repo().name();
    var landing =
        new Forge.Landing(repo, work.item(), base(candidate), newest, merge, revision.commit());
    return switch (candidate.place().forge().land(landing)) {
      case Forge.Landed.Done _ -> Optional.of(new Result.OnBase(merge));
      case Forge.Landed.Outrun _ -> Optional.empty();
      case Forge.Landed.Failed(var reason) -> Optional.of(later(reason));
      case Forge.Landed.Refused(var reason, var fix) ->
          Optional.of(
              new Result.Stopped(
                  new Outcome.Wait(WaitingOn.LANDING, reason + ". " + fix, LOOK_AGAIN)));
    };
  }

  private Result landedBefore(ReleaseStage.Candidate candidate, String newest)
      throws InterruptedException {
    var change = candidate.change().revision().commit();
    var commit =
        candidate.place().mirror().log(change + ".." + newest, MOST_SEARCHED).stream()
            .filter(entry -> entry.parents().size() > 1 && entry.parents().contains(change))
            .reduce((_, older) -> older)
            .map(LogEntry::commit)
            .orElse(change);
    var noted =
        candidate
            .place()
            .forge()
            .settle(
                candidate.place().repo().name(),
                candidate.work().item(),
                new Forge.Ending.Merged(commit));
    LOG.info(
        "workItem={} stage=release event=found-landed commit={} forge={}",
        candidate.work().item(),
        commit,
        noted);
    return new Result.OnBase(commit);
  }

  private static String base(ReleaseStage.Candidate candidate) {
    return candidate.contract().route().base();
  }

  private static Result later(String reason) {
    return new Result.Stopped(new Outcome.Retry(FailureKind.OUTSIDE, reason, ReleaseStage.SOON));
  }
}

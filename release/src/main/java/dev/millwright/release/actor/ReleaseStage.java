package dev.millwright.release.actor;

import dev.millwright.release.domain.ChangeText;
import dev.millwright.release.domain.Release;
import dev.millwright.release.port.Forge;
import dev.millwright.release.port.Verifier;
import dev.millwright.shared.line.Assignment;
import dev.millwright.shared.line.StageCode;
import dev.millwright.shared.settings.PolicySettings;
import dev.millwright.shared.settings.RepoSettings;
import dev.millwright.shared.workitem.Change;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Evidence;
import dev.millwright.shared.workitem.FailureKind;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.Proposal;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.StageResult;
import dev.millwright.shared.workitem.WaitingOn;
import dev.millwright.shared.workspace.FileChange;
import dev.millwright.shared.workspace.GitException;
import dev.millwright.shared.workspace.Mirror;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// From evidence to landed: opens the change for review, and once a person approved exactly this
/// commit, lands it.
///
/// The stage runs once to propose and once more to land. It may be run again at any point: the
/// change is opened once per item, and a commit that the base branch already contains has landed.
public final class ReleaseStage implements StageCode {
  private static final Logger LOG = LoggerFactory.getLogger(ReleaseStage.class);
  static final Duration SOON = Duration.ofSeconds(30);

  private final Function<String, Optional<Place>> places;
  private final Supplier<PolicySettings> policy;
  private final LandingLane lane;
  private final Map<String, ReentrantLock> desks = new ConcurrentHashMap<>();

  /// @param places by the names of the configured repositories, empty for an unknown one
  /// @param policy asked anew for each attempt, so that a reload counts from the next one on
  /// @param verifier runs the checks on a commit that combines a change with what landed meanwhile
  public ReleaseStage(
      Function<String, Optional<Place>> places,
      Supplier<PolicySettings> policy,
      Verifier verifier,
      Clock clock) {
    this.places = places;
    this.policy = policy;
    this.lane = new LandingLane(verifier, clock);
  }

  /// A repository, our mirror of it, and the forge its changes are reviewed on.
  public record Place(RepoSettings repo, Mirror mirror, Forge forge) {}

  /// A change with its evidence at the place where it goes.
  record Candidate(
      Assignment work, Contract contract, Change change, Evidence evidence, Place place) {}

  @Override
  public Stage stage() {
    return Stage.RELEASE;
  }

  @Override
  public StageResult run(Assignment work) throws InterruptedException {
    try {
      return switch (Release.next(work.context())) {
        case Release.Step.Stop(var outcome) -> StageResult.of(outcome);
        case Release.Step.Hold _ ->
            StageResult.of(
                Release.review(
                    work.context(),
                    "the change is ready; nothing was opened or pushed, approve it to land it"));
        case Release.Step.Propose(var contract, var change, var evidence) -> {
          var place = places.apply(contract.route().repo());
          yield place.isEmpty()
              ? unknown(contract)
              : released(new Candidate(work, contract, change, evidence, place.get()));
        }
        case Release.Step.Land(var contract, var change, var evidence) -> {
          var place = places.apply(contract.route().repo());
          yield place.isEmpty()
              ? unknown(contract)
              : land(new Candidate(work, contract, change, evidence, place.get()));
        }
      };
    } catch (GitException e) {
      LOG.warn("workItem={} stage=release event=failed", work.item(), e);
      return retry("git could not do its part: " + e.getMessage());
    }
  }

  private static StageResult unknown(Contract contract) {
    return StageResult.of(
        new Outcome.GiveUp("no repository '" + contract.route().repo() + "' to release to"));
  }

  private StageResult released(Candidate candidate) throws InterruptedException {
    var risk = risk(candidate);
    risk.ifPresent(why -> candidate.work().say("release: a person has to look, " + why));
    return risk.isPresent() ? propose(candidate) : land(candidate);
  }

  private Optional<String> risk(Candidate candidate) {
    var revision = candidate.change().revision();
    var paths =
        candidate.place().mirror().numstat(revision.base(), revision.commit()).stream()
            .map(FileChange::path)
            .toList();
    return Release.risk(candidate.work().context(), policy.get().lowRisk(), paths);
  }

  private StageResult propose(Candidate candidate) throws InterruptedException {
    var desk = desks.computeIfAbsent(candidate.place().repo().name(), _ -> new ReentrantLock());
    desk.lockInterruptibly();
    try {
      var full = full(candidate);
      return full.isPresent() ? full.get() : opened(candidate);
    } finally {
      desk.unlock();
    }
  }

  /// People can review only so much: beyond it a change waits for one before it to end.
  private Optional<StageResult> full(Candidate candidate) throws InterruptedException {
    var most = policy.get().review().maxOpenPerRepo();
    var repo = candidate.place().repo().name();
    if (most == 0) {
      return Optional.empty();
    }
    return switch (candidate.place().forge().pending(repo)) {
      case Forge.Pending.Failed(var reason) -> Optional.of(retry(reason));
      case Forge.Pending.Changes(var items)
          when items.size() < most || items.contains(candidate.work().item()) ->
          Optional.empty();
      case Forge.Pending.Changes(var items) ->
          Optional.of(
              StageResult.of(
                  new Outcome.Wait(
                      WaitingOn.CAPACITY,
                      "%d changes of %s are open for review, at most %d may be"
                          .formatted(items.size(), repo, most),
                      SOON)));
    };
  }

  private StageResult opened(Candidate candidate) throws InterruptedException {
    return switch (open(candidate)) {
      case Forge.Opened.Failed(var reason) -> retry(reason);
      case Forge.Opened.Open open -> {
        candidate.work().say("release: change " + open.number() + " waits for review");
        yield StageResult.of(
            Release.review(
                candidate.work().context(),
                "change %s is ready for review".formatted(open.number())),
            proposal(candidate, open, null));
      }
    };
  }

  private StageResult land(Candidate candidate) throws InterruptedException {
    // Opening again is free when nothing changed, and makes up for a crash right after approval.
    return switch (open(candidate)) {
      case Forge.Opened.Failed(var reason) -> retry(reason);
      case Forge.Opened.Open open ->
          switch (lane.land(candidate)) {
            case LandingLane.Result.Stopped(var outcome) -> {
              candidate.work().say("release: " + outcome.reason());
              yield StageResult.of(outcome);
            }
            case LandingLane.Result.OnBase(var commit) -> {
              candidate.work().say("release: landed as " + commit);
              yield StageResult.advance(
                  "landed on %s as %s".formatted(candidate.contract().route().base(), commit),
                  proposal(candidate, open, commit));
            }
          };
    };
  }

  private static Forge.Opened open(Candidate candidate) throws InterruptedException {
    var revision = candidate.change().revision();
    var repo = candidate.place().repo().name();
    var item = candidate.work().item();
    var forge = candidate.place().forge();
    var opened =
        forge.open(
            new Forge.Request(
                repo,
                item,
                candidate.work().context().title(),
                text(candidate),
                candidate.contract().route().base(),
                revision.branch(),
                revision.commit()));
    for (var said : candidate.work().context().decisions()) {
      var note = Release.note(said);
      if (opened instanceof Forge.Opened.Open
          && note.isPresent()
          && forge.comment(
                  repo,
                  item,
                  "decision %s %s".formatted(said.at(), said.decision().by()),
                  note.get())
              instanceof Forge.Noted.Failed(var reason)) {
        return new Forge.Opened.Failed(reason);
      }
    }
    return opened;
  }

  private static Proposal proposal(
      Candidate candidate, Forge.Opened.Open open, @Nullable String landed) {
    return new Proposal(
        candidate.place().forge().name(),
        open.number(),
        open.url(),
        candidate.change().revision().commit(),
        landed,
        text(candidate));
  }

  private static String text(Candidate candidate) {
    return ChangeText.of(
        candidate.work().item(),
        candidate.work().context(),
        candidate.contract(),
        candidate.change(),
        candidate.evidence());
  }

  static StageResult retry(String reason) {
    return StageResult.of(new Outcome.Retry(FailureKind.OUTSIDE, reason, SOON));
  }
}

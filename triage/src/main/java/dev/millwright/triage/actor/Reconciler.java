package dev.millwright.triage.actor;

import static dev.millwright.triage.actor.BoardFault.got;

import dev.millwright.shared.journal.ItemRow;
import dev.millwright.shared.settings.BoardSettings;
import dev.millwright.shared.workitem.Decision;
import dev.millwright.shared.workitem.Items;
import dev.millwright.shared.workitem.WorkItemState;
import dev.millwright.triage.domain.Claim;
import dev.millwright.triage.domain.Dispatching;
import dev.millwright.triage.domain.Issue;
import dev.millwright.triage.domain.Reconciling;
import dev.millwright.triage.domain.Reconciling.Step;
import dev.millwright.triage.port.Board;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Holds what is at work against how its tickets are now. Nothing is told, stopped, sent back or
/// started again on the word of a list: the ticket itself, and the item itself, are asked once
/// more.
final class Reconciler {
  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

  private final Ground ground;
  private final BoardSettings settings;
  private final Board board;
  private final Holdings holdings;
  private final Reconciling rules;
  private final Instant now;

  Reconciler(Ground ground, BoardSettings settings, Board board, Holdings holdings) {
    this.ground = ground;
    this.settings = settings;
    this.board = board;
    this.holdings = holdings;
    this.rules = new Reconciling(rules(settings, board));
    this.now = ground.clock().instant();
  }

  static Dispatching rules(BoardSettings settings, Board board) {
    return new Dispatching(
        board.activeStates(), board.terminalStates(), settings.selection().requiredLabels());
  }

  void reconcile(News news) throws BoardFault {
    var doubtful = new ArrayList<String>();
    for (var claim : holdings.all()) {
      var id = claim.ticket().id();
      var issue = news.issues().get(id);
      if (claim.hold() == Claim.Hold.TAKEN || (issue == null && !news.missing().contains(id))) {
        continue;
      }
      var item = item(claim);
      if (item.isEmpty()) {
        continue;
      }
      switch (rules.step(claim, item.get(), issue)) {
        case Step.Later _ -> {}
        case Step.Keep _ -> holdings.save(seen(claim, issue));
        case Step.Refresh _, Step.Again _, Step.Rework _, Step.Stop _, Step.Release _ -> {
          if (news.asked().contains(id)) {
            take(claim, issue);
          } else {
            doubtful.add(id);
          }
        }
      }
    }
    Map<String, Issue> asked =
        News.byId(doubtful.isEmpty() ? List.of() : got(board.withIds(doubtful)));
    for (var id : doubtful) {
      var claim = holdings.of(id);
      if (claim != null) {
        take(claim, asked.get(id));
      }
    }
  }

  private Optional<WorkItemState.Known> item(Claim claim) {
    return holdings.row(claim).map(ItemRow::item).or(() -> ground.items().get(claim.item()));
  }

  private static Claim seen(Claim claim, @Nullable Issue issue) {
    return issue == null ? claim : claim.seen(Claim.Seen.of(issue));
  }

  /// Decides again, by the item's own word.
  private void take(Claim claim, @Nullable Issue issue) {
    var item = ground.items().get(claim.item());
    if (item.isEmpty()) {
      return;
    }
    var seen = seen(claim, issue);
    switch (rules.step(claim, item.get(), issue)) {
      case Step.Later _ -> {}
      case Step.Keep _ -> holdings.save(seen);
      case Step.Refresh _ -> {
        refresh(claim, issue);
        holdings.save(seen);
      }
      case Step.Again _ -> release(claim, issue);
      case Step.Rework(var why) -> {
        decide(claim, item.get(), Decision.Verb.REWORK, why);
        // It stands where a person put it, so that it is moved again when the work begins again.
        holdings.save(seen.wrote(seen.written().moved("")));
      }
      case Step.Stop(var why) -> {
        // An agent may have moved it since the claims were read.
        if (rules.step(holdings.again(claim), item.get(), issue) instanceof Step.Stop) {
          decide(claim, item.get(), Decision.Verb.CANCEL, why);
          release(seen, issue);
        }
      }
      case Step.Release _ -> release(seen, issue);
    }
  }

  private void refresh(Claim claim, @Nullable Issue issue) {
    if (issue != null) {
      var _ = ground.items().receive(TicketSignal.of(settings, claim.key(), issue));
    }
  }

  private void release(Claim claim, @Nullable Issue issue) {
    if (issue == null) {
      holdings.forget(claim);
    } else if (claim.hold() != Claim.Hold.RELEASED) {
      holdings.save(claim.releasedAt(now));
    }
  }

  private void decide(Claim claim, WorkItemState.Known item, Decision.Verb verb, String why) {
    var decision = new Decision(verb, "board " + settings.name(), why);
    var became =
        switch (ground.items().decide(claim.item(), decision)) {
          case Items.Decided.Done _ -> "done";
          case Items.Decided.Refused(var reason, _) -> reason.name();
        };
    LOG.info(
        "event=TicketDecided board={} ticket={} workItem={} stage={} decision={} became={} why=\"{}\"",
        settings.name(),
        claim.ticket().identifier(),
        claim.item(),
        item.stage().wire(),
        verb,
        became,
        why);
  }
}

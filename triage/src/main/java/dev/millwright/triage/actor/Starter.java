package dev.millwright.triage.actor;

import static dev.millwright.triage.actor.BoardFault.got;

import dev.millwright.shared.settings.BoardSettings;
import dev.millwright.triage.domain.Claim;
import dev.millwright.triage.domain.Dispatching;
import dev.millwright.triage.domain.Issue;
import dev.millwright.triage.port.Board;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts tickets: claims one in the ledger first, then brings it to its item, then notes that the
/// item knows. Killed anywhere in between, the next look finds the claim and brings it again, which
/// the item knows to be the same.
final class Starter {
  private static final Logger LOG = LoggerFactory.getLogger(Starter.class);

  private final Ground ground;
  private final BoardSettings settings;
  private final Board board;
  private final Holdings holdings;
  private final Dispatching rules;

  Starter(Ground ground, BoardSettings settings, Board board, Holdings holdings) {
    this.ground = ground;
    this.settings = settings;
    this.board = board;
    this.holdings = holdings;
    this.rules = Reconciler.rules(settings, board);
  }

  /// Brings what was claimed and perhaps not brought.
  void finish() throws BoardFault {
    var open = holdings.all().stream().filter(claim -> claim.hold() == Claim.Hold.TAKEN).toList();
    open.stream()
        .filter(holdings::isDelivered)
        .forEach(claim -> holdings.save(claim.heldBy(claim.item())));
    var unsure = open.stream().filter(claim -> !holdings.isDelivered(claim)).toList();
    var fresh = fresh(unsure.stream().map(claim -> claim.ticket().id()).toList());
    for (var claim : unsure) {
      var issue = fresh.get(claim.ticket().id());
      if (issue != null && rules.whyNot(issue).isEmpty()) {
        bring(claim.seen(Claim.Seen.of(issue)), issue);
      } else {
        holdings.forget(claim);
      }
    }
  }

  /// Starts what is next, each read once more right before.
  ///
  /// @param open by their ids; what is started or turns out to be no work is taken out
  void start(Map<String, Issue> open) throws BoardFault {
    var chosen = rules.next(open.values(), settings.pace(), holdings.atWork());
    var fresh = fresh(chosen.stream().map(issue -> issue.ref().id()).toList());
    for (var old : chosen) {
      var id = old.ref().id();
      var issue = fresh.get(id);
      open.remove(id);
      if (issue == null) {
        continue;
      }
      var why = rules.whyNot(issue);
      if (why.isEmpty()) {
        start(issue);
      } else {
        LOG.info(
            "event=TicketSkipped board={} ticket={} why=\"{}\"",
            settings.name(),
            issue.ref().identifier(),
            why.get());
        if (rules.isActive(issue.state())) {
          open.put(id, Look.brief(issue));
        }
      }
    }
  }

  private Map<String, Issue> fresh(List<String> ids) throws BoardFault {
    return News.byId(ids.isEmpty() ? List.of() : got(board.withIds(ids)));
  }

  private void start(Issue issue) {
    try {
      var before = holdings.of(issue.ref().id());
      var written = before == null ? Claim.Written.NOTHING : before.written();
      var claim =
          Claim.take(settings.name(), issue, board.keyOf(issue), written, ground.clock().instant())
              .heard(heard(issue));
      holdings.save(claim);
      bring(claim, issue);
    } catch (IllegalArgumentException e) {
      LOG.warn("event=TicketUnusable board={} cause=\"{}\"", settings.name(), e.getMessage());
    }
  }

  /// What was said until now is said of the ticket as it is taken.
  private Claim.Heard heard(Issue issue) {
    return board.remarks(issue, null) instanceof Board.Answer.Got<Board.Remarks>(var remarks)
        ? Claim.Heard.of(issue, remarks.mark())
        : Claim.Heard.NOTHING;
  }

  private void bring(Claim claim, Issue issue) {
    var item = ground.items().receive(TicketSignal.of(settings, claim.key(), issue));
    holdings.save(claim.heldBy(item));
    LOG.info(
        "event=TicketStarted board={} ticket={} workItem={} state={}",
        settings.name(),
        claim.ticket().identifier(),
        item,
        claim.seen().state());
  }
}

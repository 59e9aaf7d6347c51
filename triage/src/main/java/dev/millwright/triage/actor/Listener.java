package dev.millwright.triage.actor;

import dev.millwright.shared.settings.BoardSettings;
import dev.millwright.shared.workitem.Items;
import dev.millwright.shared.workitem.WaitingOn;
import dev.millwright.shared.workitem.WorkItemState.Finished;
import dev.millwright.shared.workitem.WorkItemState.Known;
import dev.millwright.shared.workitem.WorkItemState.Waiting;
import dev.millwright.triage.domain.Claim;
import dev.millwright.triage.domain.Issue;
import dev.millwright.triage.domain.Remark;
import dev.millwright.triage.port.Board;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands what people say on tickets to the items those became. How far was heard stands with the
/// claim, written after the item knows: killed in between, the item is told once more and knows
/// that it was.
final class Listener {
  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

  private final Ground ground;
  private final BoardSettings settings;
  private final Board board;
  private final Holdings holdings;

  Listener(Ground ground, BoardSettings settings, Board board, Holdings holdings) {
    this.ground = ground;
    this.settings = settings;
    this.board = board;
    this.holdings = holdings;
  }

  /// Asks only where something may have been said. Fails only with what concerns the whole board.
  void listen(News news) throws BoardFault {
    for (var claim : holdings.all()) {
      var issue = news.issues().get(claim.ticket().id());
      var row = holdings.row(claim);
      if (claim.hold() != Claim.Hold.HELD || issue == null || row.isEmpty()) {
        continue;
      }
      var item = row.get().item();
      var mayBeNews =
          isDated(issue) ? claim.heard().isBehind(issue) || asks(item) : board.hearsForFree();
      if (!(item instanceof Finished) && mayBeNews) {
        hear(claim, issue);
      }
    }
  }

  private static boolean isDated(Issue issue) {
    return issue.times().updatedAt() != null;
  }

  /// Whoever waits for an answer listens more closely: not every provider dates a ticket by what is
  /// said on it.
  private static boolean asks(Known item) {
    return item instanceof Waiting(_, _, var on, _, _) && on == WaitingOn.ANSWER;
  }

  private void hear(Claim claim, Issue issue) throws BoardFault {
    var mark = claim.heard().mark();
    switch (board.remarks(issue, mark.isEmpty() ? null : mark)) {
      case Board.Answer.Got<Board.Remarks>(var remarks) -> {
        for (var remark : remarks.said()) {
          hear(claim, remark);
        }
        holdings.save(claim.heard(Claim.Heard.of(issue, remarks.mark())));
      }
      case Board.Answer.Failed<Board.Remarks>(var fault) -> {
        switch (fault.category()) {
          case CONFIG, SECRET, REQUEST, RATE_LIMITED -> throw new BoardFault(fault);
          case STATUS, RESPONSE, PAGINATION ->
              LOG.warn(
                  "event=TicketNotHeard board={} ticket={} code={} cause=\"{}\"",
                  settings.name(),
                  claim.ticket().identifier(),
                  fault.code(),
                  fault.reason());
        }
      }
    }
  }

  private void hear(Claim claim, Remark remark) {
    var became = remark.counts() ? said(claim, remark) : "ignored: of an outsider";
    LOG.info(
        "event=RemarkHeard board={} ticket={} workItem={} author={} became=\"{}\"",
        settings.name(),
        claim.ticket().identifier(),
        claim.item(),
        remark.author().name().replaceAll("\\s|\\p{Cntrl}", "_"),
        became);
  }

  private String said(Claim claim, Remark remark) {
    var item = ground.items().get(claim.item());
    if (item.isEmpty() || remark.isKnown(item.get().dossier().context())) {
      return "known";
    }
    return switch (ground.items().decide(claim.item(), remark.to(settings.name()))) {
      case Items.Decided.Done _ -> "said";
      case Items.Decided.Refused(var reason, _) -> reason.name();
    };
  }
}

package dev.millwright.triage.actor;

import static dev.millwright.triage.actor.BoardFault.got;

import dev.millwright.shared.settings.BoardSettings;
import dev.millwright.shared.workitem.Proposal;
import dev.millwright.shared.workitem.WorkItemState.Finished;
import dev.millwright.shared.workitem.WorkItemState.Known;
import dev.millwright.triage.domain.Claim;
import dev.millwright.triage.domain.Dispatching;
import dev.millwright.triage.domain.Issue;
import dev.millwright.triage.domain.Phase;
import dev.millwright.triage.domain.TicketComment;
import dev.millwright.triage.port.Board;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes on tickets what became of them: compares how an item stands with what was written last,
/// so that only news is written and a crash costs nothing but saying the same again.
final class Scribe {
  private static final Logger LOG = LoggerFactory.getLogger(Scribe.class);
  private static final String COMMENT = " comment";
  private static final String MOVE = " move";
  private static final Duration MUTE = Duration.ofMinutes(10);
  private static final Duration LAST_WORD_WITHIN = Duration.ofHours(1);

  private final Ground ground;
  private final BoardSettings settings;
  private final Board board;
  private final Holdings holdings;
  private final Dispatching rules;
  private final Instant now;
  private final Map<String, Notes.Mute> mute;

  Scribe(Ground ground, BoardSettings settings, Board board, Holdings holdings, Notes notes) {
    this.ground = ground;
    this.settings = settings;
    this.board = board;
    this.holdings = holdings;
    this.rules = Reconciler.rules(settings, board);
    this.now = ground.clock().instant();
    this.mute = new HashMap<>(notes.mute());
    mute.values().removeIf(it -> !it.until().isAfter(now));
  }

  /// What cannot be written for now.
  Map<String, Notes.Mute> mute() {
    return mute;
  }

  /// What only an operator can mend, such as a state that the board does not have.
  Board.@Nullable Fault wrong() {
    return mute.values().stream()
        .map(Notes.Mute::why)
        .filter(why -> why.category() == Board.Fault.Category.CONFIG)
        .findFirst()
        .orElse(null);
  }

  /// Fails only with what concerns the whole board.
  void write() throws BoardFault {
    for (var claim : holdings.all()) {
      var row = holdings.row(claim);
      if (claim.hold() == Claim.Hold.TAKEN || row.isEmpty()) {
        continue;
      }
      var item = row.get().item();
      write(claim, item);
      settle(claim.ticket().id(), item);
    }
  }

  private void write(Claim claim, Known item) throws BoardFault {
    attempt(
        claim,
        COMMENT,
        () -> {
          comment(claim, item);
          link(claim, item);
        });
    attempt(claim, MOVE, () -> move(claim, item));
  }

  /// One deed on one ticket.
  @FunctionalInterface
  private interface Deed {
    void run() throws BoardFault;
  }

  /// What fails for one ticket, or for a state nobody knows, must not keep others from being
  /// written.
  private void attempt(Claim claim, String what, Deed deed) throws BoardFault {
    var key = claim.ticket().id() + what;
    if (mute.containsKey(key)) {
      return;
    }
    try {
      deed.run();
    } catch (BoardFault e) {
      switch (e.fault().category()) {
        case SECRET, REQUEST, RATE_LIMITED -> throw e;
        case CONFIG, STATUS, RESPONSE, PAGINATION -> {
          mute.put(key, new Notes.Mute(now.plus(MUTE), e.fault()));
          LOG.warn(
              "event=TicketNotWritten board={} ticket={} code={} cause=\"{}\"",
              settings.name(),
              claim.ticket().identifier(),
              e.fault().code(),
              e.fault().reason());
        }
      }
    }
  }

  /// A ticket that somebody else ended stays where it is.
  private void move(Claim before, Known item) throws BoardFault {
    var claim = current(before);
    var state = Phase.of(item).state(settings.writeBack()).orElse(claim.written().state());
    var written = claim.written();
    var ended =
        rules.isTerminal(claim.seen().state()) && !same(claim.seen().state(), written.state());
    if (same(state, written.state()) || ended) {
      return;
    }
    if (!state.isBlank() && !same(state, claim.seen().state())) {
      got(board.move(claim.ticket().id(), state));
    }
    var seen = state.isBlank() ? claim.seen() : claim.seen().in(state);
    holdings.moved(claim.seen(seen).wrote(written.moved(state)));
  }

  private void comment(Claim before, Known item) throws BoardFault {
    var claim = current(before);
    if (!settings.writeBack().comments()) {
      return;
    }
    var text = TicketComment.of(item, ground.itemUrl().apply(claim.item()));
    var hash = Claim.hash(text);
    if (!hash.equals(claim.written().comment())) {
      got(board.comment(claim.ticket().id(), claim.item().value(), text));
      holdings.save(claim.wrote(claim.written().said(hash)));
    }
  }

  private void link(Claim before, Known item) throws BoardFault {
    var claim = current(before);
    var change = item.dossier().context().proposal().map(Proposal::url).orElse("");
    if (!settings.writeBack().comments() || !change.matches("https?://\\S{1,2000}")) {
      return;
    }
    var hash = Claim.hash(change);
    if (!hash.equals(claim.written().links())) {
      got(board.link(claim.ticket().id(), "Millwright: the change", address(change)));
      holdings.save(claim.wrote(claim.written().linked(hash)));
    }
  }

  private static URI address(String text) throws BoardFault {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new BoardFault(
          new Board.Fault(
              Board.Fault.Category.RESPONSE, "unusable_link", "no address: " + text, null));
    }
  }

  private Claim current(Claim claim) {
    var now = holdings.of(claim.ticket().id());
    return now == null ? claim : now;
  }

  /// Forgets a ticket that is no work any more, once there is nothing left to say.
  private void settle(String ticket, Known item) {
    var claim = holdings.of(ticket);
    if (claim == null || !(item instanceof Finished)) {
      return;
    }
    var left = claim.hold() == Claim.Hold.RELEASED;
    var silent = mute.containsKey(ticket + COMMENT) || mute.containsKey(ticket + MOVE);
    var late = left && now.isAfter(claim.since().plus(LAST_WORD_WITHIN));
    if (late || (!silent && (left || !rules.isActive(claim.seen().state())))) {
      holdings.forget(claim);
    }
  }

  private static boolean same(String one, String other) {
    return Issue.folded(one).equals(Issue.folded(other));
  }
}

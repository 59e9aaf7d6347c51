package dev.millwright.triage.actor;

import dev.millwright.shared.journal.ItemRow;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.WorkItemState.Finished;
import dev.millwright.shared.workitem.WorkItemState.Queued;
import dev.millwright.shared.workitem.WorkItemState.Running;
import dev.millwright.triage.domain.Claim;
import dev.millwright.triage.domain.Issue;
import dev.millwright.triage.port.BoardLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The claims of one board during one look: changed here, they are changed in the ledger.
final class Holdings {
  /// The lists are a moment behind the journal; longer than this they are not.
  private static final Duration LISTS_CATCH_UP = Duration.ofMinutes(1);

  private final BoardLedger ledger;
  private final Instant now;
  private final Map<String, Claim> claims = new LinkedHashMap<>();
  private final Map<ItemId, ItemRow> rows;

  Holdings(Ground ground, String board) {
    this.ledger = ground.ledger();
    this.now = ground.clock().instant();
    ledger.claims(board).forEach(claim -> claims.put(claim.ticket().id(), claim));
    this.rows = ground.items().rows(claims.values().stream().map(Claim::item).toList());
  }

  Collection<Claim> all() {
    return List.copyOf(claims.values());
  }

  @Nullable Claim of(String ticket) {
    return claims.get(ticket);
  }

  /// Whether a ticket is being worked on, or was and has not been let go.
  boolean isHeld(String ticket) {
    var claim = claims.get(ticket);
    return claim != null && claim.hold() != Claim.Hold.RELEASED;
  }

  int held() {
    return (int) claims.keySet().stream().filter(this::isHeld).count();
  }

  /// Its item as the lists have it; empty while they may still show what was before the claim.
  Optional<ItemRow> row(Claim claim) {
    return Optional.ofNullable(rows.get(claim.item()))
        .filter(row -> knowsOf(row, claim) || now.isAfter(claim.since().plus(LISTS_CATCH_UP)));
  }

  /// Whether its item has heard of it since it was taken.
  boolean isDelivered(Claim claim) {
    var row = rows.get(claim.item());
    return row != null && knowsOf(row, claim);
  }

  private static boolean knowsOf(ItemRow row, Claim claim) {
    return claim.hold() == Claim.Hold.RELEASED
        ? row.item() instanceof Finished
        : !row.progress().openedAt().isBefore(claim.since());
  }

  void save(Claim claim) {
    if (!claim.equals(claims.get(claim.ticket().id()))) {
      ledger.save(claim);
      claims.put(claim.ticket().id(), claim);
    }
  }

  /// The factory moved it, so what an agent asked for before counts no more.
  void moved(Claim claim) {
    save(claim);
    ledger.asked(claim.ticket().board(), claim.ticket().id(), "");
  }

  /// The same claim with what an agent asked for since it was read.
  Claim again(Claim claim) {
    return ledger.claims(claim.ticket().board()).stream()
        .filter(now -> now.ticket().equals(claim.ticket()))
        .findFirst()
        .map(now -> claim.wrote(now.written()))
        .orElse(claim);
  }

  void forget(Claim claim) {
    ledger.forget(claim.ticket());
    claims.remove(claim.ticket().id());
  }

  /// How many are at work, by the states of their tickets: waiting for a person is not.
  Map<String, Integer> atWork() {
    var busy = new HashMap<String, Integer>();
    for (var claim : claims.values()) {
      if (isAtWork(claim)) {
        busy.merge(Issue.folded(claim.seen().state()), 1, Integer::sum);
      }
    }
    return busy;
  }

  private boolean isAtWork(Claim claim) {
    return switch (claim.hold()) {
      case RELEASED -> false;
      case TAKEN -> true;
      case HELD ->
          row(claim)
              .map(row -> row.item() instanceof Queued || row.item() instanceof Running)
              .orElse(true);
    };
  }
}

package dev.millwright.triage.adapter;

import dev.millwright.triage.domain.Claim;
import dev.millwright.triage.port.BoardItems;
import dev.millwright.triage.port.BoardLedger;
import dev.millwright.triage.port.BoardWork;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Reads the ledger and the lists.
///
/// @param boards the names of those that are configured, in order
public record LedgerWork(BoardLedger ledger, BoardItems items, Supplier<Collection<String>> boards)
    implements BoardWork {
  @Override
  public List<Tracked> tracked() {
    return boards.get().stream().flatMap(this::tracked).toList();
  }

  private Stream<Tracked> tracked(String board) {
    var claims =
        ledger.claims(board).stream().filter(it -> it.hold() != Claim.Hold.RELEASED).toList();
    var rows = items.rows(claims.stream().map(Claim::item).toList());
    return claims.stream()
        .flatMap(
            claim -> Stream.ofNullable(rows.get(claim.item())).map(row -> new Tracked(claim, row)));
  }
}

package dev.millwright.triage.port;

import dev.millwright.triage.domain.Claim;
import java.util.List;

/// What boards' tickets became, on disk. Blocks; what was saved survives `kill -9`.
public interface BoardLedger {
  /// Everything that is held of one board.
  List<Claim> claims(String board);

  /// Replaces what is known of a ticket, but for what an agent asked for.
  void save(Claim claim);

  /// Notes where an agent is about to put a ticket that is held; empty for nowhere any more.
  void asked(String board, String ticket, String state);

  /// Forgets a ticket: seen again, it is a new one.
  void forget(Claim.Ticket ticket);
}

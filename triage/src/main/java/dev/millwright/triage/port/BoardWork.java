package dev.millwright.triage.port;

import dev.millwright.shared.journal.ItemRow;
import dev.millwright.triage.domain.Claim;
import java.util.List;

/// What the boards have at work, for whoever shows it. Blocks on the database; costs no request to
/// a board.
public interface BoardWork {
  /// Every ticket that is held and the item it became, board by board in the order of the settings.
  List<Tracked> tracked();

  /// A ticket and its item.
  record Tracked(Claim claim, ItemRow item) {}
}

package dev.millwright.shared.journal;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.LongConsumer;

/// The whole journal as evidence: whether it is what was written, and a copy to keep elsewhere.
///
/// Blocks on the database.
public interface AuditTrail extends AutoCloseable {
  /// Computes every item's chain again and compares, also with the newest events the views saw.
  ///
  /// @param kept what an earlier export knew, which somebody who can write the database cannot mend
  /// @param progress called now and then with the number of events looked at
  Report verify(Heads kept, LongConsumer progress);

  default Report verify(LongConsumer progress) {
    return verify(Heads.NONE, progress);
  }

  /// Writes every event as one JSON line, item by item and oldest first; the stream stays open.
  void export(OutputStream out) throws IOException;

  /// Writes only the newest event of each item, without what it says: enough to verify against.
  void exportHeads(OutputStream out) throws IOException;

  @Override
  void close();

  /// What verifying found; nothing broken means that nothing was changed, removed or put in.
  record Report(long items, long events, List<Break> broken) {
    public Report {
      broken = List.copyOf(broken);
    }

    public boolean isIntact() {
      return broken.isEmpty();
    }
  }

  /// Where a chain does not hold.
  record Break(String item, long sequence, String reason) {}
}

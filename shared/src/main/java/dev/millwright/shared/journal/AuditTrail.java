package dev.millwright.shared.journal;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.LongConsumer;

/// The whole journal as evidence: whether it is what was written, and a copy to keep elsewhere.
///
/// Blocks on the database.
public interface AuditTrail extends AutoCloseable {
  /// Computes every item's chain again and compares.
  ///
  /// @param progress called now and then with the number of events looked at
  Report verify(LongConsumer progress);

  /// Writes every event as one JSON line, item by item and oldest first; the stream stays open.
  void export(OutputStream out) throws IOException;

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

package dev.millwright.shared.journal;

import dev.millwright.shared.signal.Author;
import dev.millwright.shared.signal.Request;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Lease;
import dev.millwright.shared.workitem.Next;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.StageResult;
import dev.millwright.shared.workitem.WorkItemEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Writes rows as the journal's plugin does, on a connection of the test's choice.
final class Ledger {
  /// Long ago, so that no gap before these rows is young.
  static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");

  private final Map<String, Long> sequences = new HashMap<>();
  private final Map<String, byte[]> hashes = new HashMap<>();

  /// The first two events of an item: it arrives and triage starts.
  void arrive(Connection connection, String item) throws SQLException {
    arrive(connection, item, "Title of " + item, List.of("a"), AT);
  }

  void arrive(Connection connection, String item, String title, List<String> labels, Instant at)
      throws SQLException {
    var signal =
        new Signal(
            new SignalKey("test:" + item),
            "test",
            new Author("ann", Author.Trust.MEMBER),
            new Request(title, "", null, labels, 0, "orders", null),
            Map.of(),
            null);
    write(
        connection,
        item,
        new WorkItemEvent.SignalReceived(
            signal, new ItemId(item), new Next.Queue(Stage.TRIAGE, at), at));
    write(connection, item, new WorkItemEvent.AttemptStarted(lease(), at));
  }

  /// The third event: triage is done, and so is the item.
  void drop(Connection connection, String item) throws SQLException {
    write(
        connection,
        item,
        new WorkItemEvent.AttemptEnded(
            lease(),
            StageResult.of(new Outcome.Drop("nothing to do", null)),
            new Next.Finish(
                Stage.TRIAGE,
                dev.millwright.shared.workitem.WorkItemState.Result.DROPPED,
                "nothing to do"),
            AT));
  }

  void write(Connection connection, String item, WorkItemEvent event) throws SQLException {
    var entry = Entry.of(hashes.getOrDefault(item, Entry.start()), event);
    var sequence = sequences.merge(item, 1L, Long::sum);
    hashes.put(item, entry.hash());
    try (var insert =
        connection.prepareStatement(
            "INSERT INTO \"event_journal\" (\"persistence_id\", \"sequence_number\", \"writer\","
                + " \"write_timestamp\", \"adapter_manifest\", \"event_ser_id\","
                + " \"event_ser_manifest\", \"event_payload\") VALUES (?, ?, 'test', ?, '', 742001,"
                + " ?, ?)")) {
      insert.setString(1, "item|" + item);
      insert.setLong(2, sequence);
      insert.setLong(3, AT.toEpochMilli());
      insert.setString(4, entry.name());
      insert.setBytes(5, entry.stored());
      insert.executeUpdate();
    }
  }

  private static Lease lease() {
    return new Lease(Stage.TRIAGE, 1, "node#1", AT);
  }
}

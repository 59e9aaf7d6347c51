package dev.millwright.shared.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.shared.line.TestDatabase;
import dev.millwright.shared.settings.StorageSettings;
import dev.millwright.shared.signal.Author;
import dev.millwright.shared.signal.Request;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Next;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.WorkItemEvent;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class ProjectionTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final StorageSettings storage;

  ProjectionTest(TestDatabase database, @TempDir Path data) throws Exception {
    this.storage = database.fresh(data);
  }

  @Test
  void an_event_that_is_committed_after_a_later_one_is_not_passed_over() throws Exception {
    var clock = new Sleeper();
    try (var database = Database.open(storage);
        var projection = Projection.start(database, clock);
        var slow = database.connect();
        var fast = database.connect()) {
      slow.setAutoCommit(false);
      write(slow, "slow");
      write(fast, "fast");
      clock.asleep = Duration.ofHours(1);
      projection.nudge();
      // The later one is in the journal and must wait until the earlier one was there or never
      // will.
      await().during(Duration.ofSeconds(1)).atMost(SOON).until(() -> listed(database).isEmpty());

      slow.commit();

      await().atMost(SOON).until(() -> listed(database).size() == 2);
      assertThat(listed(database)).containsExactlyInAnyOrder("slow", "fast");
    }
  }

  @Test
  void a_transaction_that_failed_is_not_waited_for_for_ever() throws Exception {
    try (var database = Database.open(storage);
        var projection = Projection.start(database, Clock.systemUTC());
        var failing = database.connect();
        var fast = database.connect()) {
      failing.setAutoCommit(false);
      write(failing, "failing");
      write(fast, "fast");
      failing.rollback();
      projection.nudge();

      await().atMost(SOON).until(() -> listed(database).equals(List.of("fast")));
    }
  }

  /// The clock of a machine that was asleep for a while.
  private static final class Sleeper extends Clock {
    volatile Duration asleep = Duration.ZERO;

    @Override
    public Instant instant() {
      return Instant.now().plus(asleep);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private static List<String> listed(Database database) {
    return new JournalViews(database)
        .list(ItemLists.Query.ALL).rows().stream()
            .map(row -> row.item().dossier().id().value())
            .toList();
  }

  private static void write(Connection connection, String item) throws SQLException {
    var at = Instant.now();
    var signal =
        new Signal(
            new SignalKey("test:" + item),
            "test",
            new Author("tester", Author.Trust.OPERATOR),
            new Request("Do it", "", null, List.of(), 0, "orders", null),
            Map.of(),
            null);
    var event =
        new WorkItemEvent.SignalReceived(
            signal, new ItemId(item), new Next.Queue(Stage.TRIAGE, at), at);
    var entry = Entry.of(Entry.start(), event);
    try (var insert =
        connection.prepareStatement(
            "INSERT INTO \"event_journal\" (\"persistence_id\", \"sequence_number\", \"writer\","
                + " \"write_timestamp\", \"adapter_manifest\", \"event_ser_id\","
                + " \"event_ser_manifest\", \"event_payload\") VALUES (?, 1, 'w', ?, '', 1, ?, ?)")) {
      insert.setString(1, "item|" + item);
      insert.setLong(2, at.toEpochMilli());
      insert.setString(3, entry.name());
      insert.setBytes(4, entry.stored());
      insert.executeUpdate();
    }
  }
}

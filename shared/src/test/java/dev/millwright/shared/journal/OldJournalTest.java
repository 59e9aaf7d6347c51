package dev.millwright.shared.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.shared.line.ActorsConfig;
import dev.millwright.shared.line.TestDatabase;
import dev.millwright.shared.settings.StorageSettings;
import dev.millwright.shared.workitem.Bystanders;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Lease;
import dev.millwright.shared.workitem.Limits;
import dev.millwright.shared.workitem.RandomLife;
import dev.millwright.shared.workitem.WorkItemEntity;
import dev.millwright.shared.workitem.WorkItemState;
import dev.millwright.shared.workitem.WorkItemState.Known;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The rows of a journal of the first version, as its database held them: every later version reads
/// them back to the same items.
class OldJournalTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final List<String> ITEMS = List.of("old-life-1", "old-life-2", "old-life-3");

  @TempDir Path data;

  /// Nobody to tell.
  private record Alone() implements Bystanders {
    @Override
    public void moved(WorkItemState before, Known now) {}

    @Override
    public void recovered(Known now) {}

    @Override
    public boolean isAlive(Lease lease) {
      return true;
    }
  }

  @ParameterizedTest
  @EnumSource
  void is_read_back_by_the_items_the_views_and_the_audit(TestDatabase kind) throws Exception {
    var storage = kind.fresh(data);
    try (var database = Database.open(storage)) {
      load(database);

      var kit = ActorTestKit.create(ActorsConfig.of(database, storage));
      try {
        for (var id : ITEMS) {
          var item = kit.spawn(item(id));
          Golden.assertStillSaid(
              id, Golden.text("old-journal/" + id + ".json"), Codec.encode(standing(kit, item)));
        }
      } finally {
        kit.shutdownTestKit();
      }

      try (var _ = Projection.start(database, Clock.systemUTC());
          var connection = database.connect()) {
        var rows = ItemTable.load(connection, ITEMS);
        assertThat(rows).containsOnlyKeys(ITEMS);
        rows.forEach((id, row) ->
            Golden.assertStillSaid(
                id, Golden.text("old-journal/" + id + ".json"), Codec.encode(row.item())));
      }
      assertThat(new JournalAudit(database).verify(_ -> {}).broken()).isEmpty();
    }
  }

  /// Run once with `-Dgolden.write=true`, when the journal was young.
  @Test
  void was_written_by_real_items() throws Exception {
    if (!Boolean.getBoolean("golden.write")) {
      assertThat(Golden.text("old-journal/rows.csv")).isNotBlank();
      return;
    }
    var storage = StorageSettings.embedded(data);
    try (var database = Database.open(storage)) {
      var kit = ActorTestKit.create(ActorsConfig.of(database, storage));
      try {
        for (var id : ITEMS) {
          var item = kit.spawn(item(id));
          for (var step :
              new RandomLife(new ItemId(id), ITEMS.indexOf(id), Limits.DEFAULT).live(60)) {
            CompletionStage<WorkItemEntity.Reply> reply =
                AskPattern.ask(
                    item,
                    replyTo -> new WorkItemEntity.Handle(step.command(), replyTo),
                    SOON,
                    kit.scheduler());
            assertThat(reply.toCompletableFuture().get().verdict()).isEqualTo(step.verdict());
          }
          Golden.write(
              "old-journal/" + id + ".json",
              Golden.pretty(Codec.encode(standing(kit, item))) + "\n");
        }
      } finally {
        kit.shutdownTestKit();
      }
      Golden.write("old-journal/rows.csv", rows(database));
    }
  }

  private static Behavior<WorkItemEntity.Command> item(String id) {
    return WorkItemEntity.of(() -> Limits.DEFAULT, new Alone(), Clock.systemUTC()).apply(id);
  }

  private static Known standing(ActorTestKit kit, ActorRef<WorkItemEntity.Command> item)
      throws Exception {
    CompletionStage<Optional<Known>> known =
        AskPattern.ask(item, WorkItemEntity.Get::new, SOON, kit.scheduler());
    return known.toCompletableFuture().get().orElseThrow();
  }

  private static String rows(Database database) throws SQLException {
    var csv = new StringBuilder();
    try (var connection = database.connect();
        var query =
            connection.prepareStatement(
                "SELECT \"persistence_id\", \"sequence_number\", \"writer\", \"write_timestamp\","
                    + " \"event_ser_id\", \"event_ser_manifest\", \"event_payload\""
                    + " FROM \"event_journal\" ORDER BY \"ordering\"")) {
      for (var found = query.executeQuery(); found.next(); ) {
        for (var column = 1; column <= 6; column++) {
          csv.append(found.getString(column)).append(',');
        }
        csv.append(HexFormat.of().formatHex(found.getBytes(7))).append('\n');
      }
    }
    return csv.toString();
  }

  private static void load(Database database) throws SQLException {
    try (var connection = database.connect()) {
      for (var line : Golden.text("old-journal/rows.csv").lines().toList()) {
        insert(connection, line.split(","));
      }
    }
  }

  private static void insert(Connection connection, String[] row) throws SQLException {
    try (var insert =
        connection.prepareStatement(
            "INSERT INTO \"event_journal\" (\"persistence_id\", \"sequence_number\", \"writer\","
                + " \"write_timestamp\", \"adapter_manifest\", \"event_ser_id\","
                + " \"event_ser_manifest\", \"event_payload\") VALUES (?, ?, ?, ?, '', ?, ?, ?)")) {
      insert.setString(1, row[0]);
      insert.setLong(2, Long.parseLong(row[1]));
      insert.setString(3, row[2]);
      insert.setLong(4, Long.parseLong(row[3]));
      insert.setInt(5, Integer.parseInt(row[4]));
      insert.setString(6, row[5]);
      insert.setBytes(7, HexFormat.of().parseHex(row[6]));
      insert.executeUpdate();
    }
  }
}

package dev.millwright.shared.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.shared.settings.StorageSettings;
import dev.millwright.shared.workitem.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TalliesTest {
  private static final Instant NOW = Instant.parse("2026-05-04T03:02:01Z");
  private static final int MINUTES = 15 * 24 * 60;

  @TempDir Path data;

  @Test
  void old_minutes_become_hours_and_then_one_sum() throws Exception {
    try (var database = Database.open(StorageSettings.embedded(data));
        var connection = database.connect()) {
      var minute = TimeUnit.MILLISECONDS.toMinutes(NOW.toEpochMilli());
      try (var insert =
          connection.prepareStatement("INSERT INTO tally VALUES ('triage', 'advance', ?, 1)")) {
        for (var ago = 0; ago < MINUTES; ago++) {
          insert.setLong(1, minute - ago);
          insert.addBatch();
        }
        insert.executeBatch();
      }
      var before = new JournalFigures(database).read(NOW).of(Stage.TRIAGE);

      Tallies.rollUp(connection, database.dialect(), minute);
      Tallies.rollUp(connection, database.dialect(), minute);

      var after = new JournalFigures(database).read(NOW).of(Stage.TRIAGE);
      assertThat(after.passed()).isEqualTo(before.passed()).isEqualTo(MINUTES);
      assertThat(after.doneLastHour()).isEqualTo(before.doneLastHour());
      var rows = connection.createStatement().executeQuery("SELECT COUNT(*) FROM tally");
      assertThat(rows.next()).isTrue();
      assertThat(rows.getLong(1)).isLessThan(Duration.ofDays(8).toHours() + 5 * 60);
    }
  }
}

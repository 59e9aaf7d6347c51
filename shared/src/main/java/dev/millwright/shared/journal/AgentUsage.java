package dev.millwright.shared.journal;

import dev.millwright.shared.workitem.Usage;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;

/// What agents have used in all attempts that ended, since the factory began; read from the
/// tallies.
public record AgentUsage(Database database) {
  /// Blocks on the database.
  public Usage ever() {
    try (var connection = database.connect();
        var query =
            connection.prepareStatement(
                "SELECT what, SUM(count) FROM tally WHERE name = ? GROUP BY what")) {
      query.setString(1, Tallies.USED);
      var used = new HashMap<String, Long>();
      for (var found = query.executeQuery(); found.next(); ) {
        used.put(found.getString(1), found.getLong(2));
      }
      return new Usage(
          used.getOrDefault(Tallies.INPUT, 0L),
          used.getOrDefault(Tallies.OUTPUT, 0L),
          used.getOrDefault(Tallies.COST, 0L),
          Duration.ofMillis(used.getOrDefault(Tallies.MILLIS, 0L)));
    } catch (SQLException e) {
      throw new DatabaseAway(e);
    }
  }
}

package dev.millwright.shared.journal;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What an operator paused, by what it is (`stage`, `repo`) and its name; survives a restart.
/// Blocks on the database.
public record PauseTable(Database database) {
  public Set<String> names(String what) throws SQLException {
    try (var connection = database.connect();
        var query = connection.prepareStatement("SELECT name FROM line_pause WHERE what = ?")) {
      query.setString(1, what);
      var names = new HashSet<String>();
      for (var found = query.executeQuery(); found.next(); ) {
        names.add(found.getString(1));
      }
      return names;
    }
  }

  /// Replaces everything.
  public void save(Map<String, Set<String>> names) throws SQLException {
    try (var connection = database.connect()) {
      connection.setAutoCommit(false);
      try (var delete = connection.prepareStatement("DELETE FROM line_pause");
          var insert =
              connection.prepareStatement("INSERT INTO line_pause (what, name) VALUES (?, ?)")) {
        delete.executeUpdate();
        for (var what : names.entrySet()) {
          for (var name : what.getValue()) {
            insert.setString(1, what.getKey());
            insert.setString(2, name);
            insert.addBatch();
          }
        }
        insert.executeBatch();
      }
      connection.commit();
    }
  }
}

package dev.millwright.shared.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/// Tells whether a number that is missing in the journal's order may still come: numbers are given
/// out before the commit, so a lower one can be committed later, however long that takes.
///
/// Everybody who wrote when the gap was seen has to be gone; who came later got a higher number.
final class Gaps {
  private final Dialect dialect;
  private final Set<String> writers = new HashSet<>();
  private long watched;
  private long over;

  Gaps(Dialect dialect) {
    this.dialect = dialect;
  }

  /// Up to here whatever is missing in rows that are read from now on will never come.
  long over() {
    return over;
  }

  /// Looks who still writes; when it answers yes, the rows have to be read again.
  ///
  /// @param newest the highest number that was read
  boolean areOver(Connection connection, long newest) throws SQLException {
    if (watched == 0) {
      watched = newest;
      writers.addAll(writing(connection));
    } else {
      writers.retainAll(writing(connection));
    }
    if (!writers.isEmpty()) {
      return false;
    }
    over = watched;
    watched = 0;
    return true;
  }

  private Set<String> writing(Connection connection) throws SQLException {
    var found = new HashSet<String>();
    try (var query = connection.prepareStatement(dialect.journalWriters())) {
      for (var rows = query.executeQuery(); rows.next(); ) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }
}

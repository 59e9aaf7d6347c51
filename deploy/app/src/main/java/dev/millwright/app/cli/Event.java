package dev.millwright.app.cli;

import java.util.Iterator;
import java.util.StringJoiner;
import java.util.function.Predicate;

/// One event of a server's stream.
///
/// @param id what continues the stream behind it, empty where it has none
record Event(String id, String name, String data) {
  private static final String UNNAMED = "message";

  /// Reads events off their lines until these end or `more` says no.
  ///
  /// @return whether `more` said no
  static boolean read(Iterator<String> from, Predicate<Event> more) {
    var id = "";
    var name = UNNAMED;
    var data = lines();
    while (from.hasNext()) {
      var line = from.next();
      if (line.startsWith("event:")) {
        name = line.substring("event:".length()).strip();
      } else if (line.startsWith("id:")) {
        id = line.substring("id:".length()).strip();
      } else if (line.startsWith("data:")) {
        data.add(line.substring(line.startsWith("data: ") ? 6 : 5));
      } else if (line.isEmpty()) {
        if (!name.equals(UNNAMED) && !more.test(new Event(id, name, data.toString()))) {
          return true;
        }
        id = "";
        name = UNNAMED;
        data = lines();
      }
    }
    return false;
  }

  private static StringJoiner lines() {
    return new StringJoiner("\n");
  }
}

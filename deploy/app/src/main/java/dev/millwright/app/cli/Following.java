package dev.millwright.app.cli;

import java.time.Duration;
import java.util.function.Predicate;

/// Follows one item's events, also over restarts of the factory.
final class Following {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private Following() {}

  /// Returns when `more` says no to an event; no line of the transcript is told twice.
  ///
  /// @return the id of the last line, empty when there was none
  static String follow(
      FactoryClient factory, Terminal terminal, String item, Predicate<Event> more) {
    var last = new String[] {""};
    var path = FactoryClient.item(item) + "/events";
    for (int away = 0; ; Pause.aSecond()) {
      try {
        boolean over =
            factory.events(
                path,
                last[0],
                event -> {
                  last[0] = event.id().isEmpty() ? last[0] : event.id();
                  return more.test(event);
                });
        if (over) {
          return last[0];
        }
        away = 0;
      } catch (Failure failure) {
        if (!FactoryClient.isAway(failure) || away >= PATIENCE.toSeconds()) {
          throw failure;
        }
        if (away++ == 0) {
          terminal.note(terminal.dim("The factory is away; waiting for it to come back…"));
        }
      }
    }
  }
}

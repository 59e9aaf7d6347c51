package dev.millwright.triage.adapter.webhook;

import dev.millwright.shared.settings.WebhookSettings;
import dev.millwright.triage.domain.Happening;
import dev.millwright.triage.domain.Happening.Deed;
import dev.millwright.triage.domain.Happening.Place;
import dev.millwright.triage.domain.Happening.Sort;
import dev.millwright.triage.domain.Happening.Subject;
import dev.millwright.triage.domain.Happening.Words;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What monitors say, whichever it is.
final class Alerts {
  private Alerts() {}

  /// @param key names what is wrong: the same while it is
  /// @param resolved whether it is over
  record Alert(
      String source, String key, boolean resolved, int priority, String url, @Nullable Instant at) {

    Happening says(WebhookSettings hook, String title, String body) {
      var people = new People(hook);
      var state = resolved ? "resolved" : "triggered";
      return new Happening(
          new Subject(Sort.ALERT, key, state, ""),
          new Words(title, body.strip(), List.of(), priority, List.of()),
          Place.in("", url),
          new Deed(state, "", "", at, people.actor(people.machine(source), true)),
          people.machine(source),
          Map.of());
    }
  }

  static int priority(String severity) {
    return switch (severity.toLowerCase(java.util.Locale.ROOT)) {
      case "critical", "fatal", "page", "p1" -> 1;
      case "error", "high", "p2" -> 2;
      case "warning", "p3" -> 3;
      case "info", "low", "debug", "p4", "p5" -> 4;
      default -> 0;
    };
  }
}

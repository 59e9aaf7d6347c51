package dev.millwright.triage.domain;

import dev.millwright.shared.settings.TriggerSettings;
import dev.millwright.shared.settings.WebhookSettings;
import java.util.Map;
import java.util.Optional;

/// A rule about what happens outside, ready to be asked.
///
/// @param unless why nothing came of it, in words, where the condition does not hold; `{label}` and
///   `{handle}` stand for the webhook's
public record Trigger(
    TriggerSettings rule, Condition when, Phrase title, Phrase body, String unless) {

  /// Whether something holds, and if not, why.
  public interface Condition {
    Held test(Map<String, Object> values);
  }

  /// A text made of what happened; empty where there is none.
  public interface Phrase {
    Optional<String> of(Map<String, Object> values);
  }

  /// What came of asking.
  public sealed interface Held {
    record Yes() implements Held {}

    record No(String why) implements Held {}
  }

  public String name() {
    return rule.name();
  }

  String unless(WebhookSettings hook) {
    var calling = hook.calling();
    return unless.replace("{label}", calling.label()).replace("{handle}", calling.handle());
  }

  /// Whether it looks at this sort of thing at all.
  boolean looksAt(String source, String event, Happening it) {
    var on = rule.on().split("/", 2);
    return (on[0].equals("*") || on[0].equals(source))
        && (on[1].equals("*") || on[1].equals(event) || on[1].equals(it.subject().sort().word()));
  }
}

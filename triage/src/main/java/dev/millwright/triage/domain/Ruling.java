package dev.millwright.triage.domain;

import dev.millwright.shared.settings.TriggerSettings;
import dev.millwright.shared.signal.Signal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is to be done about something that happened.
public sealed interface Ruling {
  /// Why, in plain words.
  String reason();

  /// It is work.
  ///
  /// @param again whether it is a reason to begin anew where the item is finished
  /// @param at when what it is about last changed; an older one changes nothing
  record Work(
      String rule,
      Signal signal,
      boolean again,
      @Nullable Instant at,
      TriggerSettings.Limit limit,
      String reason)
      implements Ruling {}

  /// Somebody says something to the factory. Where an item is there, it is said to it, else it is
  /// work.
  ///
  /// @param item the item, where it is known; else it is that of the work's key
  /// @param by who says it
  record Say(String item, String by, String text, Work otherwise, String reason)
      implements Ruling {}

  /// A board takes this kind of ticket, and is asked to look now.
  record Look(String board, String reason) implements Ruling {}

  /// Nothing is to be done.
  ///
  /// @param rule the one that came closest; empty for none
  record Nothing(String rule, String reason) implements Ruling {}
}

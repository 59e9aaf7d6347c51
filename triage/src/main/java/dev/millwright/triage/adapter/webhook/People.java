package dev.millwright.triage.adapter.webhook;

import dev.millwright.shared.http.Excerpt;
import dev.millwright.shared.settings.WebhookSettings;
import dev.millwright.shared.signal.Author;
import dev.millwright.shared.signal.Author.Trust;
import dev.millwright.triage.domain.Happening.Actor;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Who somebody is to the factory, by what the provider says and what the operator allowed.
record People(WebhookSettings hook) {
  /// What the factory leaves in each comment it writes.
  private static final String MARKER = "<!-- millwright";

  private static final String BRANCHES = "millwright/";
  private static final int MOST_NAME_CHARACTERS = 100;

  /// @param member whether the provider says so
  /// @param names what the person is called there and nobody else can be, the first of them shown
  Author person(boolean member, String... names) {
    var known = Stream.of(names).filter(it -> !it.isBlank()).toList();
    var name = known.isEmpty() ? "somebody" : known.getFirst();
    return new Author(
        Excerpt.of(name, MOST_NAME_CHARACTERS),
        member || known.stream().anyMatch(this::allowed) ? Trust.MEMBER : Trust.OUTSIDER);
  }

  /// The same person, shown by a name that anybody could take and that says nothing of trust.
  Author called(String name, Author person) {
    return name.isBlank()
        ? person
        : new Author(Excerpt.of(name.strip(), MOST_NAME_CHARACTERS), person.trust());
  }

  /// A machine the operator let in by its webhook.
  Author machine(String name) {
    return new Author(name, Trust.MACHINE);
  }

  /// @param words what was said, with the marker in it where the factory said it
  /// @param branch what it is about, one of the factory's own branches where it made it
  Actor actor(Author who, boolean bot, String words, String branch) {
    return new Actor(
        who, bot, isHandle(who.name()) || words.contains(MARKER) || branch.startsWith(BRANCHES));
  }

  Actor actor(Author who, boolean bot) {
    return actor(who, bot, "", "");
  }

  boolean isHandle(String name) {
    var handle = hook.calling().handle();
    return name.equalsIgnoreCase(handle) || name.equalsIgnoreCase(handle + "[bot]");
  }

  /// The one who is trusted least: both had a say.
  static Author weakest(Author one, Author other) {
    return one.mayStartWork() ? other : one;
  }

  private boolean allowed(String name) {
    return lower(hook.people().trusted()).contains(name.toLowerCase(Locale.ROOT));
  }

  private static List<String> lower(List<String> names) {
    return names.stream().map(it -> it.toLowerCase(Locale.ROOT)).toList();
  }
}

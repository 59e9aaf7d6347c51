package dev.millwright.shared.settings;

import dev.millwright.shared.settings.KeyType.OneOf;
import dev.millwright.shared.settings.KeyType.Text;
import dev.millwright.shared.settings.KeyType.Texts;
import dev.millwright.shared.settings.KeyType.Time;
import dev.millwright.shared.settings.Structured.Counts;
import dev.millwright.shared.settings.Structured.Open;
import java.util.List;

/// The keys of boards.
final class BoardKeys {
  private static final Text TEXT = new Text();
  private static final Texts TEXTS = new Texts();

  private BoardKeys() {}

  static final List<String> KINDS =
      List.of("linear", "github", "gitlab", "jira", "asana", "folder");

  static final List<Key> ALL =
      List.of(
          Key.of("boards[].name", TEXT, null, "What the board is called here.", "backlog")
              .required(),
          Key.of(
                  "boards[].kind",
                  new OneOf(KINDS, List.of()),
                  null,
                  "What sort of board it is.",
                  "github")
              .required(),
          Key.of(
              "boards[].repo",
              TEXT,
              null,
              "The repository its tickets are about, by its name under `repos`; without it, triage finds it.",
              "orders"),
          Key.of(
              "boards[].provider",
              new Open(),
              null,
              "What only this kind of board knows, such as its address and `token: $GITHUB_TOKEN`. `$NAME` is read from the environment where the kind expects a secret or an address. Where `github` or `gitlab` is not told its project, it is that of `repo`.",
              "{repo: acme/orders}"),
          Key.of(
              "boards[].active_states",
              TEXTS,
              null,
              "States in which a ticket is work; without it the kind's own, where it has some.",
              "[Todo, In Progress]"),
          Key.of(
              "boards[].terminal_states",
              TEXTS,
              null,
              "States in which a ticket is over; the same.",
              "[Done, Cancelled]"),
          Key.of(
              "boards[].required_labels",
              TEXTS,
              null,
              "Only tickets with all of these are taken, however they are spelled.",
              "[agent]"),
          Key.of("boards[].every", new Time(), "30s", "How often the board is looked at.", "1m"),
          Key.of(
              "boards[].max_concurrent",
              Keys.whole(1),
              "10",
              "Tickets of this board that may be at work at the same time.",
              "4"),
          Key.of(
              "boards[].max_concurrent_by_state",
              new Counts(),
              null,
              "The same for tickets in one state.",
              "{In Progress: 2}"),
          Key.of(
              "boards[].write_back.comments",
              new Flag(),
              "false",
              "Whether progress and result are said in one comment, edited in place.",
              "true"),
          Key.of(
              "boards[].write_back.started",
              TEXT,
              null,
              "The state a ticket is moved to when its work begins; without it, it is not moved.",
              "In Progress"),
          Key.of(
              "boards[].write_back.review",
              TEXT,
              null,
              "The same, when its change waits for a person.",
              "In Review"),
          Key.of(
              "boards[].write_back.done",
              TEXT,
              null,
              "The same, when its change has landed.",
              "Done"));
}

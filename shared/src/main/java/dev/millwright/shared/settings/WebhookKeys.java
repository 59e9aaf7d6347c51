package dev.millwright.shared.settings;

import dev.millwright.shared.settings.KeyType.Hidden;
import dev.millwright.shared.settings.KeyType.OneOf;
import dev.millwright.shared.settings.KeyType.Text;
import dev.millwright.shared.settings.KeyType.Texts;
import dev.millwright.shared.settings.KeyType.Time;
import dev.millwright.shared.settings.KeyType.Whole;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The keys of webhooks, and of the rules about what they bring.
final class WebhookKeys {
  private static final Text TEXT = new Text();
  private static final Hidden SECRET = new Hidden();

  private WebhookKeys() {}

  static final List<String> KINDS =
      List.of(
          "github",
          "gitlab",
          "gitea",
          "linear",
          "jira",
          "asana",
          "sentry",
          "alertmanager",
          "pagerduty",
          "slack",
          "generic");

  /// What a generic webhook's JSON may say, and where that would stand.
  static final Map<String, String> POINTERS = pointers();

  private static final List<Key> HOOKS =
      List.of(
          Key.of(
                  "webhooks.*.kind",
                  new OneOf(KINDS, List.of()),
                  null,
                  "Who sends it. It is received at `/hooks/KIND/NAME`, and at `/hooks/KIND` where it is the only one of its kind.",
                  "github")
              .required(),
          Key.of(
              "webhooks.*.secret",
              SECRET,
              null,
              "What proves that a delivery is the provider's: the secret, token or signing key it was given there. Without it every delivery is refused.",
              "$GITHUB_WEBHOOK_SECRET"),
          Key.of(
              "webhooks.*.previous_secret",
              SECRET,
              null,
              "The secret of before, still good while the provider is being told the new one.",
              "$OLD_WEBHOOK_SECRET"),
          Key.of(
              "webhooks.*.repo",
              TEXT,
              null,
              "The repository it is about, by its name under `repos`; without it, what the payload says.",
              "orders"),
          Key.of(
              "webhooks.*.label", TEXT, "agent", "An issue that has this label is work.", "agent"),
          Key.of(
              "webhooks.*.handle",
              TEXT,
              "millwright",
              "What the factory is called there. An issue assigned to it is work, and so is a comment that says something to `@millwright` or `/millwright`. What it does itself is never heard.",
              "acme-factory"),
          Key.of(
              "webhooks.*.trust",
              new Texts(),
              null,
              "Who may start work without approval, beside those the provider says are members: the login on a forge, the id elsewhere. A name that people choose for themselves is none.",
              "[octocat]"),
          Key.of(
              "webhooks.*.bots",
              OneOf.of("ignore", "allow"),
              "ignore",
              "Whether issues and comments by other bots are heard.",
              "allow"),
          Key.of(
              "webhooks.*.auth",
              OneOf.of("hmac", "bearer"),
              "hmac",
              "For `generic`: whether the secret signs the body, or is sent as `Authorization: Bearer`.",
              "bearer"),
          Key.of(
              "webhooks.*.signature_header",
              TEXT,
              "X-Signature-256",
              "For `generic`: the header with the body's HMAC-SHA256 in hexadecimal; a leading `sha256=` is taken off.",
              "X-Acme-Signature"));

  private static final List<Key> RULES =
      List.of(
          Key.of("triggers[].name", TEXT, null, "What the rule is called.", "nightly-red")
              .required(),
          Key.of(
              "triggers[].on",
              TEXT,
              "*/*",
              "What it looks at, as `SOURCE/EVENT`: the kind of webhook, and the provider's event or one of `issue`, `comment`, `check`, `advisory`, `alert`, `change`, `request`. `*` is any.",
              "github/workflow_run"),
          Key.of(
              "triggers[].when",
              new Condition(false),
              "\"true\"",
              "A CEL expression over `event`, `hook` and `payload`. Where it asks for something that is not there, it is not true.",
              "\"event.state == 'failed' && event.main_branch\""),
          Key.of("triggers[].repo", TEXT, null, "The repository the work is for.", "orders"),
          Key.of("triggers[].agent", TEXT, null, "The agent that should do it.", "codex"),
          Key.of("triggers[].kind", TEXT, null, "What kind of work it is.", "bug"),
          Key.of("triggers[].labels", new Texts(), null, "Further labels.", "[ci]"),
          Key.of(
              "triggers[].priority",
              new Whole(0, 4),
              null,
              "1 is the most urgent, 4 the least, 0 says nothing.",
              "2"),
          Key.of(
              "triggers[].title",
              new Condition(true),
              null,
              "A CEL expression that gives its title.",
              "\"'Mend ' + event.title\""),
          Key.of(
              "triggers[].body",
              new Condition(true),
              null,
              "A CEL expression that gives its text.",
              "event.body"),
          Key.of(
              "triggers[].limit.most",
              Keys.whole(1),
              null,
              "How often the rule may make work within `window`; what comes more often is kept, and can be replayed.",
              "10"),
          Key.of(
              "triggers[].limit.window", new Time(), "1h", "The time `most` is meant for.", "1d"));

  static final List<Key> ALL = Stream.of(HOOKS, maps(), RULES).flatMap(List::stream).toList();

  private static List<Key> maps() {
    return POINTERS.entrySet().stream()
        .map(entry ->
            Key.of(
                "webhooks.*.map." + entry.getKey(),
                TEXT,
                null,
                "For `generic`: a JSON Pointer to " + entry.getValue(),
                "/" + entry.getKey()))
        .toList();
  }

  private static Map<String, String> pointers() {
    var pointers = new LinkedHashMap<String, String>();
    pointers.put("title", "the title; without it nothing is work.");
    pointers.put("body", "the text.");
    pointers.put("key", "what names it: the same always lands on the same item.");
    pointers.put("priority", "a whole number; 1 is the most urgent, 4 the least.");
    pointers.put("labels", "a list of texts, or one text with commas.");
    pointers.put("repo", "the repository's name.");
    pointers.put("url", "where people can read more.");
    pointers.put("author", "who caused it.");
    pointers.put("updated_at", "when it last changed; what is older than what is known is left.");
    pointers.put(
        "delivery", "what names this delivery; else the header `X-Delivery-Id`, else its content.");
    return pointers;
  }
}

package dev.millwright.shared.settings;

import dev.millwright.shared.settings.KeyType.Amount;
import dev.millwright.shared.settings.KeyType.OneOf;
import dev.millwright.shared.settings.KeyType.Text;
import dev.millwright.shared.settings.KeyType.Texts;
import dev.millwright.shared.settings.KeyType.Time;
import dev.millwright.shared.settings.KeyType.Whole;
import java.util.List;

/// The keys of the policy.
final class PolicyKeys {
  private static final Text TEXT = new Text();
  private static final Texts TEXTS = new Texts();
  private static final Time TIME = new Time();
  private static final Flag FLAG = new Flag();

  private PolicyKeys() {}

  static final List<Key> ALL =
      List.of(
          Key.of(
              "policy.autonomy",
              OneOf.of("report", "propose", "review", "land-low-risk"),
              "review",
              "How far the factory goes by itself: `report` ends with what it would do; `propose` prepares and checks a change, and nothing leaves the factory before it is approved; `review` opens it for review; `land-low-risk` lands what `policy.low_risk` names.",
              "review"),
          Key.of(
              "policy.low_risk.kinds",
              TEXTS,
              null,
              "Kinds of work that may land without a person, if all files of the change are under `policy.low_risk.paths` and every check is green.",
              "[docs, dependency]"),
          Key.of(
              "policy.low_risk.paths",
              TEXTS,
              null,
              "Paths such a change may touch.",
              "[\"docs/**\", \"**/*.md\"]"),
          Key.of(
              "policy.boundary.deny",
              TEXTS,
              "[\".github/**\", \"**/*secret*\"]",
              "Paths no change may touch.",
              "[\".github/**\", \"infra/**\"]"),
          Key.of(
              "policy.boundary.max_files",
              Keys.whole(1),
              "40",
              "The most files a change may touch.",
              "40"),
          Key.of(
              "policy.boundary.max_lines",
              Keys.whole(1),
              "2000",
              "The most lines a change may add and delete.",
              "2000"),
          Key.of(
              "policy.budgets.item.attempts",
              Keys.whole(1),
              "5",
              "Rounds of codegen before the item is given up.",
              "5"),
          Key.of(
              "policy.budgets.item.minutes",
              Keys.whole(1),
              "90",
              "The most minutes all attempts of an item may take together, since a person last decided about it.",
              "90"),
          Key.of(
              "policy.budgets.item.tokens",
              Keys.whole(1),
              null,
              "The most tokens an item's agents may use, since a person last decided about it; counted by the gateway, so an agent that uses no model is not held by it.",
              "2000000"),
          Key.of(
              "policy.budgets.item.usd",
              new Amount(),
              null,
              "The most US dollars an item's agents may cost, since a person last decided about it; counted by the gateway, from `models.*.price`.",
              "5"),
          Key.of(
              "policy.budgets.day.usd",
              new Amount(),
              null,
              "The most US dollars the agents of all items may cost in one day (UTC); past it, items wait for the next day.",
              "50"),
          Key.of(
              "policy.review.max_open_per_repo",
              Keys.whole(1),
              null,
              "Changes of one repository that may be open for review; the next one waits for room. Without it there is no limit.",
              "5"),
          Key.of(
              "policy.review.required_approvals",
              Keys.whole(1),
              "1",
              "People who must approve a change. With two or more `server.tokens` people are told apart, and nobody approves what they asked for.",
              "1"),
          Key.of(
              "policy.intents.comments",
              new Whole(0, 100),
              "5",
              "Comments the agent of one attempt may leave on its item.",
              "0"),
          Key.of(
              "policy.intents.follow_ups",
              new Whole(0, 100),
              "3",
              "Further items the agent of one attempt may propose; none begins before a person approves it.",
              "0"),
          Key.of(
              "policy.intents.ticket_states",
              TEXTS,
              null,
              "States an agent may move its ticket to, besides the active ones of the board's `write_back`. The work goes on there, whatever the state.",
              "[In Progress]"),
          Key.of(
              "policy.triage.duplicates",
              OneOf.of("drop", "link"),
              "drop",
              "What becomes of a request that says what an open item says already: `drop` ends it there, `link` only names the other item. What an operator or a machine sends is never dropped for its words.",
              "link"),
          Key.of(
              "policy.triage.approve_sensitive",
              FLAG,
              "true",
              "Whether work on secrets, authentication, billing, data migrations, release settings or production data waits for a person before it begins. An operator's own requests do not wait.",
              "false"),
          Key.of(
              "policy.triage.require_checks",
              FLAG,
              "false",
              "Whether work on a repository without checks, or with checks that fail already, waits for a person before it begins.",
              "true"),
          Key.of(
              "policy.triage.model",
              TEXT,
              null,
              "A model, of those under `models`, that gives a second opinion on each request. It may lower confidence, ask, or break a tie, never lift an approval. Held by `policy.budgets`.",
              "default"),
          Key.of(
              "policy.aftercare.probe",
              TEXT,
              null,
              "How a landed change is watched: an http(s) address that must answer 2xx, or a command that must exit 0.",
              "https://orders.example.com/health"),
          Key.of(
              "policy.aftercare.window",
              TIME,
              "30m",
              "How long it is watched; only with a probe.",
              "30m"),
          Key.of("policy.aftercare.every", TIME, "30s", "How often it is looked at.", "30s"),
          Key.of(
              "policy.keep.work",
              TIME,
              "30d",
              "How long commits, unfinished work and agents' homes of finished items are kept.",
              "90d"),
          Key.of(
              "policy.keep.templates",
              TIME,
              "7d",
              "How long a checkout that workspaces were laid over is kept after its last use.",
              "1d"),
          Key.of(
              "policy.keep.deliveries",
              TIME,
              "30d",
              "How long what webhooks brought is kept after it was dealt with, and can be replayed.",
              "90d"));
}

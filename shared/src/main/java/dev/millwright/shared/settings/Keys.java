package dev.millwright.shared.settings;

import dev.millwright.shared.settings.KeyType.Amount;
import dev.millwright.shared.settings.KeyType.Folder;
import dev.millwright.shared.settings.KeyType.Hidden;
import dev.millwright.shared.settings.KeyType.Jdbc;
import dev.millwright.shared.settings.KeyType.OneOf;
import dev.millwright.shared.settings.KeyType.Repository;
import dev.millwright.shared.settings.KeyType.Size;
import dev.millwright.shared.settings.KeyType.Text;
import dev.millwright.shared.settings.KeyType.Texts;
import dev.millwright.shared.settings.KeyType.Time;
import dev.millwright.shared.settings.KeyType.Web;
import dev.millwright.shared.settings.KeyType.Whole;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Every key of `millwright.yaml`, in the order of the reference.
public final class Keys {
  private static final Text TEXT = new Text();
  private static final Texts TEXTS = new Texts();
  private static final Hidden SECRET = new Hidden();
  private static final Time TIME = new Time();

  private Keys() {}

  private static Whole whole(long least) {
    return new Whole(least, Integer.MAX_VALUE);
  }

  /// What each top-level key is about.
  public static final Map<String, String> SECTIONS = sections();

  public static final List<Key> ALL =
      List.of(
          Key.of("server.host", TEXT, "127.0.0.1", "The address to listen on.", "0.0.0.0"),
          Key.of(
              "server.port", new Whole(0, 65_535), "7420", "The port; 0 takes a free one.", "7420"),
          Key.of(
              "server.public_url",
              new Web(),
              null,
              "The address people reach the factory by; used in links.",
              "https://factory.example.com"),
          Key.of(
              "server.tokens.*",
              SECRET,
              null,
              "What a caller of this name must present as bearer token. Without any token nobody is asked for one.",
              "$MILLWRIGHT_CI_TOKEN"),
          Key.of(
              "data",
              new Folder(),
              "~/.millwright",
              "The data directory: journal, artifacts, workspaces, mirrors, logs.",
              "/var/lib/millwright"),
          Key.of(
              "storage.url",
              new Jdbc(),
              null,
              "The journal's database; without one, an embedded H2 under `data`.",
              "jdbc:postgresql://db/millwright"),
          Key.of("storage.user", TEXT, null, "Who the factory is to the database.", "millwright"),
          Key.of("storage.password", SECRET, null, "Its password.", "$MILLWRIGHT_DB_PASSWORD"),
          Key.of(
                  "repos.*.url",
                  new Repository(),
                  null,
                  "Where the repository is.",
                  "git@github.com:acme/orders.git")
              .required(),
          Key.of("repos.*.base", TEXT, "main", "The branch changes land on.", "main"),
          Key.of(
              "repos.*.forge",
              TEXT,
              "local",
              "The forge its changes are reviewed on: `local`, or a name under `forges`.",
              "local"),
          Key.of(
              "repos.*.workflow",
              TEXT,
              "WORKFLOW.md",
              "The policy file inside the repository.",
              "WORKFLOW.md"),
          Key.of(
                  "forges.*.kind",
                  OneOf.of("local").andLater("github", "gitlab", "gitea"),
                  null,
                  "What sort of forge it is.",
                  "github")
              .required(),
          Key.of(
                  "forges.*.url",
                  new Web(),
                  null,
                  "Its address, when it is not the provider's own.",
                  "https://git.example.com")
              .later(),
          Key.of(
                  "forges.*.token",
                  SECRET,
                  null,
                  "What the release stage signs in with.",
                  "$GITHUB_TOKEN")
              .later(),
          Key.of("boards[].name", TEXT, null, "What the board is called here.", "backlog").later(),
          Key.of("boards[].kind", TEXT, null, "What sort of board it is.", "github").later(),
          Key.of("boards[].repo", TEXT, null, "The repository its tickets are about.", "orders")
              .later(),
          Key.of(
                  "boards[].required_labels",
                  TEXTS,
                  null,
                  "Only tickets with all of these are taken.",
                  "[agent]")
              .later(),
          Key.of(
                  "agents.*.kind",
                  OneOf.of("recipes", "command", "codex", "claude", "acp", "best-of"),
                  null,
                  "How the agent is spoken to.",
                  "command")
              .required(),
          Key.of(
              "agents.*.command",
              TEXT,
              null,
              "What to run in the workspace. Required for `command` and `acp`; `codex app-server` and `claude` unless told.",
              "./fix-it.sh"),
          Key.of(
              "agents.*.agents",
              TEXTS,
              null,
              "For `best-of`: agents that do the same work at the same time. The change with the best evidence goes on, the smaller one of equals; the others are kept with it.",
              "[codex, claude]"),
          Key.of(
              "agents.*.n",
              new Whole(1, AgentSettings.MOST_ENTRANTS),
              "1",
              "For `best-of`: how often each of them is asked.",
              "3"),
          Key.of(
              "agents.*.models",
              TEXTS,
              null,
              "Names under `models` that the agent may use, the first that answers is taken; without it, every one it can speak to: `codex` speaks `openai-responses`, `claude` `anthropic-messages`.",
              "[main]"),
          Key.of(
              "agents.*.max_turns",
              whole(1),
              "5",
              "Turns an agent gets in one attempt: the first, and those in which it hears what somebody said meanwhile, goes on after a turn that broke off, or is asked why it changed nothing.",
              "20"),
          Key.of(
                  "models.*.protocol",
                  OneOf.of("openai-responses", "openai-chat", "anthropic-messages", "gemini"),
                  null,
                  "How the model is spoken to.",
                  "openai-responses")
              .required(),
          Key.of("models.*.base_url", new Web(), null, "Where it is.", "https://api.openai.com/v1")
              .required(),
          Key.of(
              "models.*.key",
              SECRET,
              null,
              "The key for it; no agent ever sees it.",
              "$OPENAI_API_KEY"),
          Key.of(
              "models.*.name",
              TEXT,
              null,
              "What the provider calls it; without one, what the agent asks for.",
              "gpt-5"),
          Key.of(
              "models.*.price.input",
              new Amount(),
              null,
              "US dollars for a million input tokens.",
              "1.25"),
          Key.of(
              "models.*.price.cached",
              new Amount(),
              null,
              "US dollars for a million input tokens that the provider had in its cache; without it, as much as any input.",
              "0.125"),
          Key.of(
              "models.*.price.output",
              new Amount(),
              null,
              "US dollars for a million output tokens.",
              "10"),
          Key.of("models.*.rate.requests", whole(1), null, "Calls a minute; more wait.", "60"),
          Key.of("models.*.rate.tokens", whole(1), null, "Tokens a minute; more wait.", "200000"),
          Key.of(
              "sandbox.kind",
              OneOf.of("auto", "bubblewrap", "docker", "none"),
              "auto",
              "What isolates agents and checks. `auto` takes bubblewrap, else Docker if `sandbox.image` is set, and never `none`.",
              "bubblewrap"),
          Key.of(
              "sandbox.image",
              new Text(),
              null,
              "The image containers are made from; it must be on the engine of this machine already.",
              "factory/base:1"),
          Key.of(
              "sandbox.network",
              OneOf.of("none", "model-only", "host"),
              "model-only",
              "What the inside may reach. `none`: nothing at all. `model-only`: agents reach the model gateway through a socket, and nothing else; steps that set up or fetch dependencies reach what this machine reaches. `host`: agents reach it, too. Checks of a change never reach anything. With `sandbox.kind: none` only `host` can be held, and is the default.",
              "none"),
          Key.of(
              "sandbox.memory",
              new Size(),
              "4g",
              "Memory of one attempt, all its processes together.",
              "4g"),
          Key.of(
              "sandbox.pids",
              new Whole(16, 1_000_000),
              "512",
              "Processes and threads of one attempt.",
              "512"),
          Key.of(
              "sandbox.disk",
              new Size(),
              "20g",
              "What one run may write to disk, and the largest file it may write.",
              "20g"),
          Key.of(
              "sandbox.cpus",
              new Amount(),
              null,
              "Processors one run may keep busy, or a part of one. Without it, or with 0, all there are.",
              "1.5"),
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
              whole(1),
              "40",
              "The most files a change may touch.",
              "40"),
          Key.of(
              "policy.boundary.max_lines",
              whole(1),
              "2000",
              "The most lines a change may add and delete.",
              "2000"),
          Key.of(
              "policy.budgets.item.attempts",
              whole(1),
              "5",
              "Rounds of codegen before the item is given up.",
              "5"),
          Key.of(
              "policy.budgets.item.minutes",
              whole(1),
              "90",
              "The most minutes all attempts of an item may take together, since a person last decided about it.",
              "90"),
          Key.of(
              "policy.budgets.item.tokens",
              whole(1),
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
              whole(1),
              null,
              "Changes of one repository that may be open for review; the next one waits for room. Without it there is no limit.",
              "5"),
          Key.of(
              "policy.review.required_approvals",
              whole(1),
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
              "line.triage", new Whole(1, 1024), "8", "Attempts of triage at the same time.", "8"),
          Key.of(
              "line.codegen",
              new Whole(1, 1024),
              "4",
              "Attempts of codegen at the same time.",
              "4"),
          Key.of(
              "line.validation",
              new Whole(1, 1024),
              "2",
              "Attempts of validation at the same time.",
              "2"),
          Key.of(
              "line.release",
              new Whole(1, 1024),
              "4",
              "Attempts of release at the same time.",
              "4"),
          Key.of(
              "line.documentation",
              new Whole(1, 1024),
              "2",
              "Attempts of documentation at the same time.",
              "2"),
          Key.of(
              "line.monitoring",
              new Whole(1, 1024),
              "4",
              "Attempts of monitoring at the same time.",
              "4"),
          Key.of(
              "line.signals",
              new Whole(1, 4096),
              "256",
              "Signals that may wait for the journal at the same time; further ones get 503 with Retry-After.",
              "256"),
          Key.of("watch[].name", TEXT, null, "What the watcher is called.", "advisories").later(),
          Key.of("watch[].kind", TEXT, null, "What it looks for.", "osv").later(),
          Key.of("watch[].every", TIME, null, "How often it looks.", "1h").later(),
          Key.of("watch[].cron", TEXT, null, "When it looks, as cron writes it.", "\"0 2 * * *\"")
              .later(),
          Key.of(
                  "watch[].title",
                  TEXT,
                  null,
                  "The title of the item a schedule makes.",
                  "Update dependencies")
              .later(),
          Key.of("watch[].repo", TEXT, null, "The repository it is about.", "orders").later());

  private static Map<String, String> sections() {
    var sections = new LinkedHashMap<String, String>();
    sections.put("server", "Where the factory listens and who may speak to it.");
    sections.put("data", "Where the factory keeps what it knows.");
    sections.put("storage", "The journal's database.");
    sections.put(
        "repos", "The repositories the factory works on, by the names used everywhere else.");
    sections.put("forges", "Where code is reviewed.");
    sections.put("boards", "Where tickets live.");
    sections.put("agents", "Who writes code. Without this section there is one, `recipes`.");
    sections.put("models", "Models, for the gateway.");
    sections.put("sandbox", "What isolates agents and checks.");
    sections.put("policy", "What may happen; a repository can narrow it, never widen it.");
    sections.put("line", "How much happens at the same time.");
    sections.put("watch", "What the factory looks for by itself.");
    return sections;
  }
}

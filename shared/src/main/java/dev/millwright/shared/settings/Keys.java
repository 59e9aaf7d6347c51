package dev.millwright.shared.settings;

import dev.millwright.shared.settings.KeyType.Amount;
import dev.millwright.shared.settings.KeyType.Folder;
import dev.millwright.shared.settings.KeyType.Hidden;
import dev.millwright.shared.settings.KeyType.Jdbc;
import dev.millwright.shared.settings.KeyType.OneOf;
import dev.millwright.shared.settings.KeyType.Repository;
import dev.millwright.shared.settings.KeyType.Size;
import dev.millwright.shared.settings.KeyType.Text;
import dev.millwright.shared.settings.KeyType.Time;
import dev.millwright.shared.settings.KeyType.Web;
import dev.millwright.shared.settings.KeyType.Whole;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Every key of `millwright.yaml`, in the order of the reference.
public final class Keys {
  private static final Text TEXT = new Text();
  private static final Hidden SECRET = new Hidden();
  private static final Time TIME = new Time();

  private Keys() {}

  static Whole whole(long least) {
    return new Whole(least, Integer.MAX_VALUE);
  }

  /// What each top-level key is about.
  public static final Map<String, String> SECTIONS = sections();

  private static final List<Key> PLACES =
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
              .later());

  private static final List<Key> SANDBOX =
      List.of(
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
              "1.5"));

  private static final List<Key> LINE =
      List.of(
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
          Key.of(
              "line.max_retry_backoff",
              TIME,
              "10m",
              "The longest pause between two attempts that failed; the first is 10s, and each is twice the one before.",
              "5m"),
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

  public static final List<Key> ALL =
      Stream.of(
              PLACES, BoardKeys.ALL, WebhookKeys.ALL, AgentKeys.ALL, SANDBOX, PolicyKeys.ALL, LINE)
          .flatMap(List::stream)
          .toList();

  private static Map<String, String> sections() {
    var sections = new LinkedHashMap<String, String>();
    sections.put("server", "Where the factory listens and who may speak to it.");
    sections.put("data", "Where the factory keeps what it knows.");
    sections.put("storage", "The journal's database.");
    sections.put(
        "repos", "The repositories the factory works on, by the names used everywhere else.");
    sections.put("forges", "Where code is reviewed.");
    sections.put(
        "boards", "Where tickets live. Nothing is written on one unless `write_back` says so.");
    sections.put(
        "webhooks", "Who may tell the factory that something happened; see `docs/webhooks.md`.");
    sections.put(
        "triggers",
        "Rules about what webhooks bring: the first that holds decides. Without any there are the usual ones.");
    sections.put("agents", "Who writes code. Without this section there is one, `recipes`.");
    sections.put("models", "Models, for the gateway.");
    sections.put("sandbox", "What isolates agents and checks.");
    sections.put("policy", "What may happen; a repository can narrow it, never widen it.");
    sections.put("line", "How much happens at the same time.");
    sections.put("watch", "What the factory looks for by itself.");
    return sections;
  }
}

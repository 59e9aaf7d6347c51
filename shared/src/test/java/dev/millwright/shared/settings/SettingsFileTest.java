package dev.millwright.shared.settings;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.shared.settings.SettingsFile.Reading;
import dev.millwright.shared.workitem.Kind;
import dev.millwright.shared.workitem.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsFileTest {
  private static final Surroundings PLACE =
      new Surroundings(
          Path.of("/etc/factory"),
          Path.of("/home/ada"),
          Map.of("DB_PASSWORD", "s3cret", "PORT", "http://x", "BAD_URL", "nonsense"));

  /// A file and everything that is said about it.
  record Case(String yaml, List<String> says) {
    static Case of(String yaml, String... says) {
      return new Case(yaml, List.of(says));
    }
  }

  static List<Case> bad_files() {
    return List.of(
        Case.of(
            "server: {port: x}",
            "f.yaml:1: server.port: 'x' is not a whole number; use a whole number, 0 to 65535"),
        Case.of(
            "server: {port: 70000}",
            "f.yaml:1: server.port: '70000' is too large; use a whole number, 0 to 65535"),
        Case.of(
            "servre:\n  port: 1\n", "f.yaml:1: servre: there is no such key; did you mean server?"),
        Case.of(
            "sandbox:\n  kind: none\n  network: model-only\n",
            "f.yaml:3: sandbox.network: 'model-only' cannot be held where sandbox.kind is none;"
                + " set sandbox.kind to auto, or sandbox.network to host"),
        Case.of(
            "sandbox: {kind: docker}",
            "f.yaml:1: sandbox.kind: 'docker' needs an image to make containers from;"
                + " name one that is on this machine as sandbox.image"),
        Case.of(
            "sandbox: {disk: 1m}",
            "f.yaml:1: sandbox.disk: '1m' is too little for any tool; use at least 64m"),
        Case.of(
            "policy:\n  review:\n    required_approvals: 2\n",
            "f.yaml:3: policy.review.required_approvals: '2' people cannot be told apart by 0"
                + " server.tokens; give each person a token, or require 1"),
        Case.of(
            "policy:\n  low_risk:\n    kinds: [docs, dosc]\n",
            "f.yaml:3: policy.low_risk.kinds: 'dosc' is no kind of work; use bug, dependency,"
                + " vulnerability, migration, tests, docs, chore, feature, question"),
        Case.of(
            "server:\n  prot: 1\n  host: ''\n",
            "f.yaml:2: server.prot: there is no such key; did you mean port?",
            "f.yaml:3: server.host: is empty; give it a value or remove the line"),
        Case.of(
            "server:\n  public-url: https://a\n",
            "f.yaml:2: server.public-url: there is no such key; did you mean public_url?"),
        Case.of(
            "server: 7420",
            "f.yaml:1: server: holds one value; write keys: host, port, public_url, tokens"),
        Case.of("data: ~", "f.yaml:1: data: has no value; write \"~\" in quotes"),
        Case.of(
            "storage: {password: $NOPE}",
            "f.yaml:1: storage.password: the environment variable NOPE is not set;"
                + " set it where the factory is started, or remove the line"),
        Case.of(
            "server: {public_url: $BAD_URL}",
            "f.yaml:1: server.public_url: $BAD_URL is not an http(s) address;"
                + " write it like https://factory.example.com"),
        Case.of(
            "storage: {url: 'jdbc:oracle:thin:scott/tiger@x'}",
            "f.yaml:1: storage.url: is not the address of a PostgreSQL database;"
                + " write it like jdbc:postgresql://db/millwright, or leave it out for the embedded one"),
        Case.of(
            "storage: {url: 'jdbc:postgresql://db/m?password=x'}",
            "f.yaml:1: storage.url: must not hold the password;"
                + " put it into storage.password, as a $NAME"),
        Case.of(
            "repos:\n  orders: {base: main}\n",
            "f.yaml:2: repos.orders.url: is missing; add it, like url: git@github.com:acme/orders.git"),
        Case.of(
            "repos:\n  ../etc: {url: .}\n",
            "f.yaml:2: repos.../etc: is not a name; use letters, digits, - and _ (at most 64)"),
        Case.of(
            "repos: {a: {url: 'ext::sh -c evil'}}",
            "f.yaml:1: repos.a.url: 'ext::sh -c evil' is not an address git can fetch from;"
                + " use a path, https://…, ssh://… or git@host:path"),
        Case.of(
            "repos: {a: {url: --upload-pack=evil}}",
            "f.yaml:1: repos.a.url: '--upload-pack=evil' is not an address git can fetch from;"
                + " use a path, https://…, ssh://… or git@host:path"),
        Case.of(
            "repos: {a: {url: ., forge: githup}}\nforges: {github: {kind: local}}\n",
            "f.yaml:1: repos.a.forge: 'githup' is not under forges; did you mean github?"),
        Case.of(
            "agents:\n  fix: {kind: comand}\n",
            "f.yaml:2: agents.fix.kind: 'comand' is not one of recipes, command, codex, claude, acp, best-of;"
                + " did you mean command?"),
        Case.of(
            "agents:\n  fix: {kind: command}\n",
            "f.yaml:2: agents.fix.command: is missing; say what to run, like ./fix-it.sh"),
        Case.of(
            "agents: {a: {kind: codex}}",
            "f.yaml:1: agents.a.models: is missing; codex needs a model that speaks openai-responses:"
                + " add one under models"),
        Case.of(
            "agents: {a: {kind: recipes}, b: {kind: best-of, agents: [a, c], n: 2}}\n",
            "f.yaml:1: agents.b.agents: 'c' is not an agent that could be asked; name others under agents"),
        Case.of(
            "agents: {a: {kind: recipes}, b: {kind: best-of, agents: [a]}}\n",
            "f.yaml:1: agents.b.agents: 1 would do the same work; name 2 to 8 agents, or one and n: 3"),
        Case.of(
            "agents: {a: {kind: claude, models: [mian]}}\nmodels: {main: {protocol: anthropic-messages, base_url: https://m.example.com}}\n",
            "f.yaml:1: agents.a.models: 'mian' is not under models; did you mean main?"),
        Case.of(
            "agents: {a: {kind: claude, models: [main]}}\nmodels: {main: {protocol: gemini, base_url: https://m.example.com}}\n",
            "f.yaml:1: agents.a.models: 'main' speaks gemini, and claude needs anthropic-messages;"
                + " name a model whose protocol is anthropic-messages"),
        Case.of(
            "boards:\n  - {name: a, kind: trello}\n  - {kind: linear}\n",
            "f.yaml:2: boards[0].kind: 'trello' is not one of linear, github, gitlab, jira, asana, folder;"
                + " use one of them",
            "f.yaml:3: boards[1].name: is missing; add it, like name: backlog"),
        Case.of(
            "repos: {orders: {url: .}}\nboards:\n  - {name: a, kind: linear, repo: oders}\n  - {name: a, kind: jira}\n",
            "f.yaml:3: boards[0].repo: 'oders' is not under repos; did you mean orders?",
            "f.yaml:4: boards[1].name: 'a' is there twice; give each board its own"),
        Case.of(
            "boards: [{name: ../a, kind: linear, every: 0s, max_concurrent: 0}]\n",
            "f.yaml:1: boards[0].max_concurrent: '0' is too small; use a whole number, at least 1",
            "f.yaml:1: boards[0].name: '../a' is not a name; use letters, digits, - and _ (at most 64)"),
        Case.of(
            "boards: [{name: a, kind: linear, every: 0s}]\n",
            "f.yaml:1: boards[0].every: '0s' is no time at all; use at least 1s"),
        Case.of(
            "boards:\n  - name: a\n    kind: linear\n    max_concurrent_by_state: {Todo: 0}\n    provider: x\n    write_back: {comments: maybe}\n",
            "f.yaml:4: boards[0].max_concurrent_by_state: 'Todo' is '0'; write names, each with a whole number, at least 1",
            "f.yaml:5: boards[0].provider: holds one value; write keys and values",
            "f.yaml:6: boards[0].write_back.comments: 'maybe' is neither true nor false; write true or false"),
        Case.of(
            "sandbox: {memory: lots}",
            "f.yaml:1: sandbox.memory: 'lots' is not a size; write it like 512m or 4g"),
        Case.of(
            "sandbox: {memory: 1k}",
            "f.yaml:1: sandbox.memory: '1k' is too little for any tool; use at least 64m"),
        Case.of(
            "policy: {aftercare: {window: soon}}",
            "f.yaml:1: policy.aftercare.window: 'soon' is not a duration; write it like 90s, 30m, 1h or 2d"),
        Case.of(
            "policy: {boundary: {deny: x}}",
            "f.yaml:1: policy.boundary.deny: is one text where a list belongs; write [\"x\"]"),
        Case.of(
            "line: {codegen: 0}",
            "f.yaml:1: line.codegen: '0' is too small; use a whole number, 1 to 1024"),
        Case.of(
            "line: {triage: 1}\nline: {triage: 2}\n",
            "f.yaml:2: line: is there twice; remove one of them"),
        Case.of(
            "models: {a: {protocol: gemini, base_url: https://m.example.com, price: {input: cheap}}}",
            "f.yaml:1: models.a.price.input: 'cheap' is not a number of 0 or more; write it like 5 or 0.25"),
        Case.of(
            "- a\n- b\n",
            "f.yaml:1: holds a list; write keys: server, data, storage, repos, forges, boards, webhooks, triggers, agents, models, sandbox, policy, line, watch"),
        Case.of(
            "server: {port: 1\nline: ]\n",
            "f.yaml:2: is not YAML here: expected ',' or '}', but got :; look at this line and the one before"));
  }

  @ParameterizedTest
  @MethodSource("bad_files")
  void a_bad_file_is_refused_with_line_key_value_and_fix(Case bad) {
    var reading = SettingsFile.read(bad.yaml(), "f.yaml", PLACE);

    assertThat(reading).isInstanceOf(Reading.Bad.class);
    assertThat(((Reading.Bad) reading).problems()).map(Problem::toString).isEqualTo(bad.says());
  }

  @Test
  void all_problems_are_said_at_once_in_the_order_of_the_file() {
    var reading =
        SettingsFile.read("line: {codegen: 0}\nserver:\n  port: x\n  hots: y\n", "f.yaml", PLACE);

    assertThat(((Reading.Bad) reading).problems())
        .map(Problem::key)
        .containsExactly("line.codegen", "server.port", "server.hots");
  }

  @Test
  void an_empty_file_gives_the_defaults() {
    var settings = good("").settings();

    assertThat(settings)
        .isEqualTo(FactorySettings.local(Path.of("/home/ada/.millwright"), Map.of()));
    assertThat(settings.server().port()).isEqualTo(7420);
    assertThat(settings.storage().isEmbedded()).isTrue();
    assertThat(settings.agents()).containsOnlyKeys("recipes");
    assertThat(settings.policy()).isEqualTo(PolicySettings.DEFAULT);
    assertThat(settings.line().of(Stage.CODEGEN)).isEqualTo(4);
    assertThat(settings.line().of(Stage.TRIAGE)).isEqualTo(8);
  }

  @Test
  void every_declared_default_is_what_an_empty_file_gives() {
    var yaml = new StringBuilder();
    for (var key : Keys.ALL) {
      boolean plain =
          key.preset() != null && !key.path().contains("*") && !key.path().contains("[");
      if (plain) {
        var steps = key.path().split("\\.");
        var reading =
            SettingsFile.read(
                String.join(": {", steps) + ": " + key.preset() + "}".repeat(steps.length - 1),
                "f.yaml",
                PLACE);
        assertThat(reading).as(key.path()).isInstanceOf(Reading.Good.class);
        assertThat(((Reading.Good) reading).settings())
            .as(key.path())
            .isEqualTo(good("").settings());
        yaml.append(key.path()).append('\n');
      }
    }
    assertThat(yaml.toString().lines().count()).isGreaterThan(15);
  }

  @Test
  void the_example_of_the_design_is_understood_and_says_what_is_not_used() {
    var reading =
        good(
            """
            server:   {host: 127.0.0.1, port: 7420, public_url: https://factory.example.com}
            data:     ~/.millwright
            storage:  {url: jdbc:postgresql://db/millwright, user: millwright, password: $DB_PASSWORD}
            repos:
              orders: {url: git@github.com:acme/orders.git, base: main, forge: github, workflow: WORKFLOW.md}
            forges:   {github: {kind: github, token: $DB_PASSWORD}}
            boards:   [{name: backlog, kind: github, repo: orders, required_labels: [agent]}]
            agents:
              codex:   {kind: codex,  command: codex app-server}
              recipes: {kind: recipes}
            models:   {default: {protocol: openai-responses, base_url: https://api.example.com, key: $DB_PASSWORD, price: {input: 1.25, output: 10}}}
            sandbox:  {kind: auto, network: model-only, memory: 4g, pids: 512}
            policy:
              autonomy: review
              boundary: {deny: [".github/**", "**/*secret*"], max_files: 40, max_lines: 2000}
              budgets:  {item: {usd: 5, tokens: 2000000, minutes: 90, attempts: 5}, day: {usd: 50}}
              review:   {max_open_per_repo: 5, required_approvals: 1}
            line:     {triage: 8, codegen: 4, validation: 2, release: 4, documentation: 2, monitoring: 4}
            watch:    [{name: nightly, kind: schedule, cron: "0 2 * * *", title: Update dependencies, repo: orders}]
            """);

    assertThat(reading.settings().storage().password().reveal()).isEqualTo("s3cret");
    assertThat(reading.settings().intake().boards().values())
        .extracting(BoardSettings::provider)
        .containsExactly(Map.of("repo", "acme/orders"));
    assertThat(reading.settings().agents()).containsOnlyKeys("codex", "recipes");
    assertThat(reading.settings().agents().values())
        .flatExtracting(AgentSettings::models)
        .extracting(ModelSettings::name)
        .containsExactly("default");
    assertThat(reading.warnings())
        .map(Problem::key)
        .containsExactly("forges.github.kind", "forges.github.token", "watch");
    assertThat(reading.warnings()).allSatisfy(w -> assertThat(w.what()).contains("not used"));
    assertThat(reading.settings().policy().budget())
        .isEqualTo(
            new PolicySettings.Budget(5, Duration.ofMinutes(90), 2_000_000, 5_000_000, 50_000_000));
    assertThat(reading.settings().policy().review()).isEqualTo(new PolicySettings.Review(5, 1));
  }

  @Test
  void a_board_is_what_the_file_says() {
    var yaml =
        """
        repos: {orders: {url: /srv/orders}}
        boards:
          - name: backlog
            kind: github
            repo: orders
            provider: {repo: acme/orders, token: $NOT_LOOKED_UP, project: {number: 4, fields: [Status, null]}, gone: ~}
            active_states: [Todo, In Progress]
            terminal_states: [Done]
            required_labels: [" Agent ", agent]
            every: 1m
            max_concurrent: 4
            max_concurrent_by_state: {" In Progress": 2}
            write_back: {comments: true, started: In Progress, review: In Review, done: Done}
          - {name: mine, kind: folder}
        """;

    assertThat(good(yaml).warnings()).isEmpty();
    assertThat(good(yaml).settings().intake().boards().values())
        .containsExactly(
            new BoardSettings(
                "backlog",
                "github",
                "orders",
                Map.of(
                    "repo",
                    "acme/orders",
                    "token",
                    "$NOT_LOOKED_UP",
                    "project",
                    Map.of("number", 4L, "fields", List.of("Status"))),
                new BoardSettings.Selection(
                    List.of("Todo", "In Progress"), List.of("Done"), List.of("agent")),
                new BoardSettings.Pace(Duration.ofMinutes(1), 4, Map.of("in progress", 2)),
                new BoardSettings.WriteBack(true, "In Progress", "In Review", "Done")),
            new BoardSettings(
                "mine",
                "folder",
                null,
                Map.of(),
                new BoardSettings.Selection(List.of(), List.of(), List.of()),
                new BoardSettings.Pace(Duration.ofSeconds(30), 10, Map.of()),
                BoardSettings.WriteBack.NOTHING));
  }

  @ParameterizedTest
  @CsvSource({
    "github, https://github.com/acme/orders.git, '', acme/orders",
    "github, ssh://git@github.com:22/acme/orders, '', acme/orders",
    "github, git@git.example.com:acme/orders.git, https://git.example.com/api/v3, acme/orders",
    "github, git@git.example.com:acme/orders.git, $GITHUB_URL, ''",
    "github, https://gitlab.com/acme/orders, '', ''",
    "github, /srv/github.com/acme/orders, '', ''",
    "gitlab, https://gitlab.com/acme/web/orders.git/, '', acme/web/orders",
    "gitlab, https://gitlab.example.com/acme/orders, https://gitlab.example.com/api/v4, acme/orders"
  })
  void a_board_of_a_forge_is_about_its_repositorys_own_project(
      String kind, String url, String api, String project) {
    var yaml =
        "repos: {orders: {url: '%s'}}\nboards: [{name: a, kind: %s, repo: orders, provider: {%s}}]\n"
            .formatted(url, kind, api.isEmpty() ? "" : "api_url: '" + api + "'");

    var key = kind.equals("github") ? "repo" : "project_path";
    assertThat(good(yaml).settings().intake().boards().values())
        .extracting(board -> board.provider().getOrDefault(key, ""))
        .containsExactly(project);
  }

  @Test
  void a_board_whose_provider_grows_out_of_aliases_is_refused() {
    var yaml =
        new StringBuilder(
            "boards:\n- name: a\n  kind: linear\n  provider:\n    a0: &a0 [x, x, x]\n");
    for (int i = 1; i < 10; i++) {
      yaml.append("    a%d: &a%d [*a%d, *a%d]%n".formatted(i, i, i - 1, i - 1));
    }
    assertThat(SettingsFile.read(yaml.toString(), "f.yaml", PLACE)).isInstanceOf(Reading.Bad.class);
    assertThat(
            SettingsFile.read(
                "boards: [{name: a, kind: linear, provider: &p {self: *p}}]", "f.yaml", PLACE))
        .isInstanceOf(Reading.Bad.class);
  }

  @Test
  void a_sandbox_is_what_the_file_says() {
    var yaml = "sandbox: {kind: docker, image: a/b:1, memory: 1g, pids: 99, disk: 2g, cpus: 1.5}";

    assertThat(good(yaml).settings().sandbox())
        .isEqualTo(
            new SandboxSettings(
                SandboxSettings.Kind.DOCKER,
                "a/b:1",
                SandboxSettings.Network.MODEL_ONLY,
                1L << 30,
                99,
                2L << 30,
                1.5));
  }

  @Test
  void without_isolation_the_network_is_the_hosts() {
    assertThat(good("sandbox: {kind: none}").settings().sandbox().network())
        .isEqualTo(SandboxSettings.Network.HOST);
  }

  @Test
  void landing_by_itself_without_naming_what_is_warned_about() {
    assertThat(good("policy: {autonomy: land-low-risk}").warnings())
        .map(Problem::toString)
        .containsExactly(
            "f.yaml:1: policy.autonomy: nothing is low risk, so every change waits for review;"
                + " name policy.low_risk.kinds and policy.low_risk.paths");
    var named =
        good("policy: {autonomy: land-low-risk, low_risk: {kinds: [docs], paths: [\"docs/**\"]}}");
    assertThat(named.warnings()).isEmpty();
    assertThat(named.settings().policy().lowRisk())
        .isEqualTo(new PolicySettings.LowRisk(Set.of(Kind.DOCS), List.of("docs/**")));
  }

  @Test
  void a_secret_is_never_printed() {
    var reading =
        good(
            "storage: {url: 'jdbc:postgresql://db/m', password: hunter2}\nserver: {tokens: {ci: $DB_PASSWORD}}\n");

    assertThat(reading.settings().toString()).doesNotContain("hunter2", "s3cret");
    assertThat(reading.warnings())
        .map(Problem::toString)
        .containsExactly(
            "f.yaml:1: storage.password: the secret itself is in the file;"
                + " put it into an environment variable and write $NAME here");
  }

  @Test
  void listening_beyond_this_machine_without_tokens_is_warned_about() {
    assertThat(good("server: {host: 0.0.0.0}").warnings())
        .singleElement()
        .satisfies(
            w -> assertThat(w.toString()).startsWith("f.yaml:1: server.host: '0.0.0.0' is open"));
  }

  @Test
  void relative_paths_start_at_the_file(@TempDir Path folder) throws Exception {
    var file =
        Files.writeString(
            folder.resolve("millwright.yaml"),
            """
            data: here
            repos: {a: {url: ../a}}
            boards: [{name: b, kind: folder, provider: {path: tickets}}]
            """);

    var reading = (Reading.Good) SettingsFile.read(file, PLACE);

    assertThat(reading.settings().data()).isEqualTo(folder.resolve("here"));
    assertThat(requireNonNull(reading.settings().repos().get("a")).url())
        .isEqualTo(folder.resolveSibling("a").toString());
    assertThat(requireNonNull(reading.settings().intake().boards().get("b")).provider())
        .containsEntry("path", folder.resolve("tickets").toString());
  }

  @Test
  void a_path_that_is_none_is_refused_and_stops_no_reload() {
    assertThat(
            ((Reading.Bad)
                    SettingsFile.read(
                        "boards: [{name: b, kind: folder, provider: {path: \"a\\0b\"}}]",
                        "f.yaml",
                        PLACE))
                .problems())
        .map(Problem::toString)
        .contains(
            "f.yaml:1: boards[0].provider: its path is not one; name the directory of the tickets");
  }

  @Test
  void a_missing_file_is_said_with_where_it_was_looked_for() {
    assertThat(((Reading.Bad) SettingsFile.read(Path.of("no.yaml"), PLACE)).problems())
        .map(Problem::toString)
        .containsExactly("no.yaml: there is no such file; looked for /etc/factory/no.yaml");
  }

  @Test
  void an_alias_bomb_does_no_harm() {
    var yaml = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 30; i++) {
      yaml.append("a%d: &a%d [*a%d, *a%d]%n".formatted(i, i, i - 1, i - 1));
    }
    assertThat(SettingsFile.read(yaml.toString(), "f.yaml", PLACE)).isInstanceOf(Reading.Bad.class);
  }

  private static Reading.Good good(String yaml) {
    var reading = SettingsFile.read(yaml, "f.yaml", PLACE);
    assertThat(reading).isInstanceOf(Reading.Good.class);
    return (Reading.Good) reading;
  }
}

package dev.millwright.shared.settings;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.shared.settings.SettingsFile.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SymphonyFileTest {
  private static final String TRACKER = "tracker: {kind: linear}\n";

  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void a_key() {
    environment.put("OPENAI_API_KEY", "sk-secret");
  }

  @Nested
  class The_repository {
    @Test
    void is_the_one_around_the_file() throws IOException {
      repository(folder, "trunk", "");

      assertThat(repo(good("")))
          .extracting(RepoSettings::url, RepoSettings::base, RepoSettings::workflow)
          .containsExactly(folder.toString(), "trunk", "WORKFLOW.md");
    }

    @Test
    void is_still_that_one_when_the_hook_clones_it_from_where_it_came() throws IOException {
      repository(
          folder, "trunk", "[remote \"origin\"]\n\turl = git@git.example.com:acme/orders.git\n");

      assertThat(repo(good(cloning("git clone --depth 1 https://git.example.com/acme/orders ."))))
          .extracting(RepoSettings::url)
          .isEqualTo(folder.toString());
    }

    @Test
    void is_another_one_when_the_hook_clones_that() throws IOException {
      repository(folder, "trunk", "");

      assertThat(repo(good(cloning("git clone -b next 'git@git.example.com:acme/shop.git' ."))))
          .extracting(RepoSettings::name, RepoSettings::url, RepoSettings::base)
          .containsExactly("shop", "git@git.example.com:acme/shop.git", "next");
    }

    @Test
    void may_be_in_a_variable_of_the_hook() {
      environment.put("SOURCE", "https://git.example.com/acme/shop.git");

      assertThat(repo(good(cloning("set -e; git clone --depth 1 \"$SOURCE\" . && make deps"))))
          .extracting(RepoSettings::url, RepoSettings::base)
          .containsExactly("https://git.example.com/acme/shop.git", "main");
    }

    @Test
    void is_no_program_that_a_hook_names() {
      for (var line :
          List.of(
              "git clone 'ext::sh -c evil' .",
              "git clone --upload-pack=evil .",
              "git clone https://git.example.com/acme/shop.git elsewhere",
              "echo clone https://git.example.com/x .")) {
        assertThat(wrong(cloning(line))).as(line).anyMatch(said -> said.contains("factory.repo"));
      }
    }

    @Test
    void is_what_the_file_says_before_anything_else() throws IOException {
      repository(folder, "trunk", "");

      assertThat(
              repo(
                  good(
                      cloning("git clone https://git.example.com/acme/shop.git .")
                          + "factory: {repo: {url: ../elsewhere, base: dev}}\n")))
          .extracting(RepoSettings::name, RepoSettings::url, RepoSettings::base)
          .containsExactly("elsewhere", folder.resolveSibling("elsewhere").toString(), "dev");
    }

    @Test
    void has_to_be_somewhere() {
      assertThat(wrong(""))
          .singleElement()
          .asString()
          .contains(
              "factory.repo: nothing says which repository",
              "put the file into the repository",
              "factory: {repo: {url:",
              "git clone URL .");
    }

    @Test
    void has_the_files_text_as_its_policy_as_it_stands_on_disk() throws IOException {
      repository(folder, "trunk", "");

      assertThat(requireNonNull(repo(good("")).policy())).endsWith("Do it.\n");
      assertThat(repo(settings(read("---\nfactory: {autonomy: propose}\n---\n"))).policy())
          .isNull();
    }
  }

  @Nested
  class The_agent {
    @BeforeEach
    void in_a_repository() throws IOException {
      repository(folder, "main", "");
    }

    @Test
    void is_codex_with_the_key_of_the_environment() {
      environment.put("OPENAI_BASE_URL", "http://127.0.0.1:9/v1");

      var codex =
          requireNonNull(good("codex: {command: codex app-server}\n").agents().get("codex"));

      assertThat(codex.models())
          .singleElement()
          .satisfies(model -> {
            assertThat(model.protocol()).isEqualTo("openai-responses");
            assertThat(model.baseUrl()).hasToString("http://127.0.0.1:9/v1");
            assertThat(model.key().reveal()).isEqualTo("sk-secret");
          });
      assertThat(good("").toString()).doesNotContain("sk-secret");
      assertThat(good("").agents()).containsOnlyKeys("codex", "recipes");
    }

    @Test
    void says_which_key_it_misses() {
      environment.clear();

      assertThat(wrong(""))
          .singleElement()
          .asString()
          .contains("OPENAI_API_KEY is not set", "factory.models", "factory.agents");
    }

    @Test
    void may_be_another_that_everybody_knows() {
      environment.clear();
      environment.put("ANTHROPIC_API_KEY", "k");

      assertThat(good("factory: {agents: [claude]}\n").agents())
          .containsOnlyKeys("claude", "recipes");
    }

    @Test
    void may_be_described_and_then_needs_no_key() {
      environment.clear();

      var agents = good("factory: {agents: {fix: {kind: command, command: ./fix.sh}}}\n").agents();

      assertThat(agents).containsOnlyKeys("fix", "recipes");
    }

    @Test
    void may_use_a_model_that_is_described() {
      environment.clear();
      environment.put("PROXY_KEY", "p");

      var codex =
          good("factory: {models: {proxy: {protocol: openai-responses, base_url: 'https://m.example.com', key: $PROXY_KEY}}}\n")
              .agents()
              .get("codex");

      assertThat(requireNonNull(codex).models())
          .extracting(ModelSettings::name)
          .containsExactly("proxy");
    }

    @Test
    void that_nobody_knows_is_refused() {
      assertThat(wrong("factory: {agents: [somebody]}\n"))
          .singleElement()
          .asString()
          .contains("factory.agents: 'somebody' is no agent here");
      assertThat(wrong("factory: {agents: {fix: {kind: comand}}}\n"))
          .anyMatch(said -> said.contains("factory.agents.fix.kind: 'comand'"));
    }
  }

  @Nested
  class Beside_other_settings {
    private final FactorySettings others =
        ((Reading.Good)
                SettingsFile.read(
                    """
                    repos: {shop: {url: 'https://git.example.com/acme/shop.git', base: dev}}
                    agents: {fix: {kind: command, command: ./fix.sh}}
                    boards: [{name: mine, kind: folder}]
                    server: {port: 9}
                    """,
                    "millwright.yaml",
                    new Surroundings(Path.of("/etc"), Path.of("/home/ada"), Map.of())))
            .settings();

    @Test
    void the_board_and_the_repository_come_to_them_and_the_rest_stays() {
      environment.clear();

      var settings =
          settings(
              read(
                  "---\n"
                      + TRACKER
                      + cloning("git clone git@git.example.com:acme/shop.git .")
                      + "server: {port: 4000}\n---\nDo it.\n",
                  Optional.of(others)));

      assertThat(settings.intake().boards()).containsOnlyKeys("mine", "linear");
      assertThat(settings.agents()).containsOnlyKeys("fix");
      assertThat(settings.server().port()).isEqualTo(9);
      assertThat(settings.repos()).containsOnlyKeys("shop");
      assertThat(settings.repos().get("shop"))
          .extracting(RepoSettings::base, RepoSettings::policy)
          .satisfies(
              both -> assertThat(both.getFirst()).isEqualTo("dev"),
              both -> assertThat((String) both.get(1)).contains("Do it."));
    }

    @Test
    void the_only_repository_there_is_will_do() {
      assertThat(
              settings(read("---\n" + TRACKER + "---\nDo it.\n", Optional.of(others)))
                  .intake()
                  .boards()
                  .get("linear"))
          .extracting(BoardSettings::repo)
          .isEqualTo("shop");
    }

    @Test
    void a_board_of_the_same_name_is_refused() {
      assertThat(problems(read("---\ntracker: {kind: folder}\n---\n", Optional.of(rename()))))
          .anyMatch(said -> said.contains("have a board 'folder' already"));
    }

    private FactorySettings rename() {
      var mine = requireNonNull(others.intake().boards().get("mine"));
      return others.withIntake(new IntakeSettings(Map.of("folder", mine)));
    }
  }

  @Test
  void what_may_be_written_on_tickets_is_said_by_the_file() throws IOException {
    repository(folder, "main", "");

    assertThat(
            good("factory: {board: {comments: true, started: In Progress, review: In Review, done: Done}}\n")
                .intake()
                .boards()
                .get("linear"))
        .extracting(BoardSettings::writeBack)
        .isEqualTo(new BoardSettings.WriteBack(true, "In Progress", "In Review", "Done"));
  }

  @Test
  void a_board_of_files_is_found_from_the_file() throws IOException {
    repository(folder, "main", "");

    assertThat(
            settings(read("---\ntracker: {kind: folder, provider: {path: tickets}}\n---\n"))
                .intake()
                .boards()
                .get("folder"))
        .extracting(BoardSettings::provider)
        .isEqualTo(Map.of("path", folder.resolve("tickets").toString()));
  }

  @Test
  void states_may_be_written_as_one_text_and_linears_keys_beside_the_kind() throws IOException {
    repository(folder, "main", "");

    var board =
        requireNonNull(
            settings(
                    read(
                        "---\ntracker: {kind: linear, project_slug: x, api_key: $K, active_states: 'Todo, Doing'}\n---\n"))
                .intake()
                .boards()
                .get("linear"));

    assertThat(board.provider()).isEqualTo(Map.of("project_slug", "x", "api_key", "$K"));
    assertThat(board.selection().active()).containsExactly("Todo", "Doing");
  }

  @Test
  void a_file_made_to_hurt_does_no_harm() throws IOException {
    repository(folder, "main", "");
    var bomb = new StringBuilder("---\n").append(TRACKER).append("a0: &a0 [x, x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]%n".formatted(i, i, i - 1, i - 1));
    }

    assertThat(read(bomb + "---\n")).isInstanceOf(Reading.Bad.class);
    assertThat(read("---\ntracker: " + "[".repeat(10_000) + "\n---\n"))
        .isInstanceOf(Reading.Bad.class);
    assertThat(read("---\nx: " + "y".repeat(70_000) + "\n---\n")).isInstanceOf(Reading.Bad.class);
    assertThat(read("y".repeat(300_000))).isInstanceOf(Reading.Bad.class);
    assertThat(read("---\ntracker: {kind: linear, provider: &p {self: *p}}\n---\n"))
        .isInstanceOf(Reading.Bad.class);
    assertThat(read("---\ntracker: {kind: linear}\ntracker: {kind: jira}\n---\n"))
        .isInstanceOf(Reading.Bad.class);
    assertThat(read("---\n? [a, b]\n: 1\n---\n")).isInstanceOf(Reading.Bad.class);
    Files.write(folder.resolve("WORKFLOW.md"), new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThat(again(Optional.empty())).isInstanceOf(Reading.Bad.class);
  }

  private static String cloning(String line) {
    return "hooks:\n  after_create: |\n    " + line + "\n";
  }

  private static void repository(Path folder, String branch, String config) throws IOException {
    Files.createDirectories(folder.resolve(".git"));
    Files.writeString(folder.resolve(".git/HEAD"), "ref: refs/heads/" + branch + "\n");
    Files.writeString(folder.resolve(".git/config"), config);
  }

  private FactorySettings good(String more) {
    return settings(read("---\n" + TRACKER + more + "---\nDo it.\n"));
  }

  private List<String> wrong(String more) {
    return problems(read("---\n" + TRACKER + more + "---\nDo it.\n"));
  }

  private Reading read(String text) {
    return read(text, Optional.empty());
  }

  private Reading read(String text, Optional<FactorySettings> others) {
    try {
      Files.writeString(folder.resolve("WORKFLOW.md"), text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return again(others);
  }

  private Reading again(Optional<FactorySettings> others) {
    var place = new Surroundings(folder, Path.of("/home/ada"), environment);
    return SymphonyFile.read(folder.resolve("WORKFLOW.md"), place, others);
  }

  private static FactorySettings settings(Reading reading) {
    assertThat(reading).isInstanceOf(Reading.Good.class);
    return ((Reading.Good) reading).settings();
  }

  private static RepoSettings repo(FactorySettings settings) {
    return settings.repos().values().iterator().next();
  }

  private static List<String> problems(Reading reading) {
    assertThat(reading).isInstanceOf(Reading.Bad.class);
    return ((Reading.Bad) reading).problems().stream().map(Problem::toString).toList();
  }
}

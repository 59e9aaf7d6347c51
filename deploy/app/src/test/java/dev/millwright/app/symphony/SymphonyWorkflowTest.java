package dev.millwright.app.symphony;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.app.Millwright;
import dev.millwright.shared.settings.AgentSettings;
import dev.millwright.shared.settings.BoardSettings;
import dev.millwright.shared.settings.FactorySettings;
import dev.millwright.shared.settings.FrontMatter;
import dev.millwright.shared.settings.Problem;
import dev.millwright.shared.settings.SettingsFile.Reading;
import dev.millwright.shared.settings.SettingsWatch;
import dev.millwright.shared.settings.Surroundings;
import dev.millwright.shared.settings.SymphonyFile;
import dev.millwright.shared.workitem.Stage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Lines C1 to C35: the workflow file as configuration.
class SymphonyWorkflowTest {
  private static final String LINEAR =
      "tracker: {kind: linear, provider: {project_slug: orders-1a2b}}\n";

  @TempDir Path top;
  private Path folder;
  private Path file;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void in_a_repository() throws IOException {
    folder = Files.createDirectories(top.resolve("orders"));
    file = folder.resolve("WORKFLOW.md");
    Files.createDirectories(folder.resolve(".git"));
    Files.writeString(folder.resolve(".git/HEAD"), "ref: refs/heads/trunk\n");
    environment.put("HOME", top.toString());
    environment.put("OPENAI_API_KEY", "sk-test");
    environment.put("LINEAR_API_KEY", "lin-test");
  }

  @Test
  void C1_the_path_that_is_named_wins() throws IOException {
    write(file, LINEAR);
    var other = Files.createDirectories(folder.resolve("ops")).resolve("FLOW.md");
    write(other, LINEAR + "agent: {max_concurrent_agents: 3}\n");

    assertThat(run("config", "show", "ops/FLOW.md").said()).contains("max_concurrent: 3");
  }

  @Test
  void C2_without_a_path_it_is_the_file_where_one_stands() throws IOException {
    write(file, LINEAR + "agent: {max_concurrent_agents: 4}\n");

    assertThat(run("config", "show").said()).contains("max_concurrent: 4");
  }

  @Test
  void C3_a_file_that_cannot_be_read_is_said_and_nothing_starts() {
    var ran = run("up", "NOWHERE.md");

    assertThat(ran.exit()).isNotZero();
    assertThat(ran.said())
        .contains("missing_workflow_file", folder.resolve("NOWHERE.md").toString());
  }

  @Test
  void C4_what_is_not_front_matter_is_the_prompt_trimmed() throws IOException {
    Files.writeString(file, "---\n" + LINEAR + "---\n\n  Do it.\n\nWell.\n\n");

    assertThat(prompt(good(read()))).isEqualTo("Do it.\n\nWell.");
  }

  @Test
  void C5_without_front_matter_all_of_it_is_the_prompt() throws IOException {
    Files.writeString(file, "Do it.\n---\nWell.\n");

    assertThat(FrontMatter.of(Files.readString(file)))
        .isEqualTo(new FrontMatter("", "Do it.\n---\nWell."));
    assertThat(good(read()).intake().boards()).isEmpty();
  }

  @Test
  void C6_front_matter_that_never_ends_is_taken_and_there_is_no_prompt() throws IOException {
    Files.writeString(file, "---\n" + LINEAR);

    assertThat(board().kind()).isEqualTo("linear");
    assertThat(prompt(good(read()))).isEmpty();
  }

  @Test
  void C7_front_matter_that_is_no_map_is_refused() throws IOException {
    write(file, "- tracker\n- polling\n");

    assertThat(wrong())
        .singleElement()
        .asString()
        .startsWith("WORKFLOW.md:2: workflow_front_matter_not_a_map: ");
  }

  @Test
  void C8_what_is_no_yaml_is_refused_with_its_line() throws IOException {
    write(file, "tracker:\n  kind: [linear\npolling: 1\n");

    assertThat(wrong())
        .singleElement()
        .asString()
        .startsWith("WORKFLOW.md:4: workflow_parse_error: ");
  }

  @Test
  void C9_keys_nobody_knows_are_ignored_and_said() throws IOException {
    write(file, LINEAR + "moon: {phase: full}\ncodex: {model: gpt-5}\n");

    assertThat(read())
        .isInstanceOfSatisfying(
            Reading.Good.class,
            good ->
                assertThat(good.warnings())
                    .map(Problem::toString)
                    .containsExactly(
                        "WORKFLOW.md:3: moon: is not known and ignored",
                        "WORKFLOW.md:4: codex.model: is not known and ignored"));
  }

  @Test
  void C10_what_is_not_said_has_its_default() throws IOException {
    write(file, LINEAR);

    var settings = good(read());

    assertThat(board().pace())
        .isEqualTo(new BoardSettings.Pace(Duration.ofSeconds(30), 10, Map.of()));
    assertThat(board().selection())
        .isEqualTo(new BoardSettings.Selection(List.of(), List.of(), List.of()));
    assertThat(board().writeBack()).isEqualTo(BoardSettings.WriteBack.NOTHING);
    assertThat(board().repo()).isEqualTo("orders");
    assertThat(settings.line().of(Stage.CODEGEN)).isEqualTo(10);
    assertThat(settings.line().longestPause()).isEqualTo(Duration.ofMinutes(5));
    assertThat(settings.server().host()).isEqualTo("127.0.0.1");
    assertThat(codex().command()).isEqualTo("codex app-server");
    assertThat(codex().maxTurns()).isEqualTo(20);
    assertThat(codex().patience().turn()).isEqualTo(Duration.ofHours(1));
    assertThat(codex().patience().stall()).isEqualTo(Duration.ofMinutes(5));
    assertThat(settings.repos().get("orders")).extracting("base").isEqualTo("trunk");
  }

  @Test
  void C11_a_tracker_without_a_kind_and_one_of_another_kind_are_refused() throws IOException {
    write(file, "tracker: {active_states: [Todo]}\n");
    assertThat(wrong()).singleElement().asString().contains("tracker.kind: missing_tracker_kind");

    write(file, "polling: {interval_ms: 1000}\n");
    assertThat(wrong()).singleElement().asString().contains("tracker.kind: missing_tracker_kind");

    write(file, "tracker:\n  kind: trello\n");
    assertThat(wrong())
        .singleElement()
        .asString()
        .startsWith("WORKFLOW.md:3: tracker.kind: unsupported_tracker_kind: 'trello'");
  }

  @Test
  void C12_what_a_provider_is_told_stays_as_it_is_written() throws IOException {
    write(
        file,
        "tracker: {kind: jira, provider: {x: {y: [1, {z: yes it is}]}, token: $ANY, n: 7}}\n");

    assertThat(board().provider())
        .isEqualTo(
            Map.of(
                "x", Map.of("y", List.of(1L, Map.of("z", "yes it is"))), "token", "$ANY", "n", 7L));
  }

  @Test
  void C13_nothing_is_put_beside_what_a_provider_is_told() throws IOException {
    write(file, "tracker: {kind: jira, endpoint: 'https://linear.example.com'}\n");

    assertThat(board().provider()).isEmpty();
  }

  @Test
  void C16_the_environment_never_overrides_what_is_written() throws IOException {
    environment.put("CODEX_COMMAND", "other");
    write(
        file,
        "tracker: {kind: linear, provider: {api_key: lin-written}}\ncodex: {command: codex-written}\n");

    assertThat(board().provider()).isEqualTo(Map.of("api_key", "lin-written"));
    assertThat(codex().command()).isEqualTo("codex-written");
  }

  @Test
  void C17_the_old_form_of_a_variable_is_plain_text() throws IOException {
    environment.put("ROOT", "/elsewhere");
    write(
        file,
        "tracker: {kind: linear, provider: {api_key: 'env:LINEAR_API_KEY'}}\nworkspace: {root: 'env:ROOT'}\n");

    assertThat(board().provider()).isEqualTo(Map.of("api_key", "env:LINEAR_API_KEY"));
    assertThat(good(read()).storage().workspaces()).isEqualTo(folder.resolve("env:ROOT"));
  }

  @Test
  void C18_the_root_of_workspaces_is_found_as_it_is_written() throws IOException {
    environment.put("ROOT", "/srv/work");
    environment.put("EMPTY", "");
    var roots =
        Map.of(
            "~/work", top.resolve("work"),
            "$ROOT", Path.of("/srv/work"),
            "../work", top.resolve("work"),
            "/abs/./work", Path.of("/abs/work"));
    for (var root : roots.entrySet()) {
      write(file, LINEAR + "workspace: {root: '" + root.getKey() + "'}\n");
      assertThat(good(read()).storage().workspaces()).isEqualTo(root.getValue());
      assertThat(good(read()).storage().workspaceFolder()).hasParentRaw(root.getValue());
    }
    for (var nothing : List.of("root: ''", "root: $EMPTY", "root: $NOT_SET", "root:")) {
      write(file, LINEAR + "workspace:\n  " + nothing + "\n");
      assertThat(good(read()).storage().workspaces()).as(nothing).isNull();
    }
  }

  @Test
  void C19_codexs_command_is_kept_and_a_blank_one_refused() throws IOException {
    var command = "codex  --config 'model=\"gpt-5\"' $EXTRA app-server";
    write(file, LINEAR + "codex:\n  command: " + command + "\n");
    assertThat(codex().command()).isEqualTo(command);

    write(file, LINEAR + "codex: {command: '  '}\n");
    assertThat(wrong()).singleElement().asString().startsWith("WORKFLOW.md:3: codex.command: ");
  }

  @Test
  void C20_an_approval_policy_is_a_word_or_a_map_and_no_number() throws IOException {
    write(file, LINEAR + "codex: {approval_policy: never, thread_sandbox: read-only}\n");
    assertThat(read()).isInstanceOf(Reading.Good.class);

    write(file, LINEAR + "codex: {approval_policy: {reject: {rules: true}}}\n");
    assertThat(read()).isInstanceOf(Reading.Good.class);

    write(file, LINEAR + "codex:\n  approval_policy: 7\n");
    assertThat(wrong())
        .singleElement()
        .asString()
        .startsWith("WORKFLOW.md:4: codex.approval_policy: '7'");
  }

  @Test
  void C22_required_labels_are_compared_folded_and_a_blank_one_stays() throws IOException {
    write(file, "tracker: {kind: linear, required_labels: [' Agent ', AGENT, ' ', Bug]}\n");

    assertThat(board().selection().requiredLabels()).containsExactly("agent", "", "bug");
  }

  @Test
  void C23_what_must_be_more_than_nothing_is_refused_by_its_key() throws IOException {
    for (var key :
        List.of(
            "polling.interval_ms",
            "agent.max_concurrent_agents",
            "agent.max_turns",
            "agent.max_retry_backoff_ms",
            "codex.turn_timeout_ms",
            "codex.read_timeout_ms",
            "hooks.timeout_ms")) {
      for (var value : List.of("0", "-5", "soon")) {
        var steps = key.split("\\.");
        write(file, LINEAR + steps[0] + ": {" + steps[1] + ": " + value + "}\n");

        var ran = run("config", "check");

        assertThat(ran.exit()).as(key).isEqualTo(1);
        assertThat(ran.said()).contains("error: ", key, value, "not usable");
      }
    }
  }

  @Test
  void C24_states_with_a_limit_of_their_own_are_folded_too() throws IOException {
    write(
        file,
        LINEAR + "agent: {max_concurrent_agents_by_state: {' In Progress ': 2, TODO: '3'}}\n");

    assertThat(board().pace().mostByState()).isEqualTo(Map.of("in progress", 2, "todo", 3));
  }

  @Test
  void C25_a_limit_that_makes_no_sense_is_ignored_and_said() throws IOException {
    write(
        file,
        LINEAR + "agent: {max_concurrent_agents_by_state: {Todo: 0, Doing: many, Review: 2}}\n");

    assertThat(board().pace().mostByState()).isEqualTo(Map.of("review", 2));
    assertThat(((Reading.Good) read()).warnings())
        .map(Problem::key)
        .containsExactly(
            "agent.max_concurrent_agents_by_state.Todo",
            "agent.max_concurrent_agents_by_state.Doing");
  }

  @Test
  void C26_a_stall_of_nothing_or_less_is_no_limit() throws IOException {
    for (var millis : List.of("0", "-1")) {
      write(file, LINEAR + "codex: {stall_timeout_ms: " + millis + "}\n");
      assertThat(codex().patience().stall()).isZero();
    }
  }

  @Test
  void C28_an_edit_counts_without_a_restart() throws IOException {
    write(file, LINEAR);
    try (var live = watch()) {
      replace("---\n" + LINEAR + "polling: {interval_ms: 700}\n---\nDo it better.\n");

      await().untilAsserted(() -> assertThat(prompt(live.get())).isEqualTo("Do it better."));
      assertThat(board(live.get()).pace().every()).isEqualTo(Duration.ofMillis(700));
      assertThat(live.unusable()).isEmpty();
    }
  }

  @Test
  void C30_whoever_starts_under_a_broken_file_gets_the_last_good_one() throws IOException {
    write(file, LINEAR + "polling: {interval_ms: 700}\n");
    try (var live = watch()) {
      replace("---\ntracker: [\n---\n");

      await().untilAsserted(() -> assertThat(live.unusable()).isNotEmpty());
      assertThat(board(live.get()).pace().every()).isEqualTo(Duration.ofMillis(700));
    }
  }

  @Test
  void C31_nothing_starts_with_what_makes_no_sense() throws IOException {
    write(file, "tracker: {kind: trello}\n");

    var ran = run("up", "WORKFLOW.md", "--port", "0");

    assertThat(ran.exit()).isNotZero();
    assertThat(ran.said()).contains("unsupported_tracker_kind");
  }

  @Test
  void C32_limits_hooks_and_pauses_change_with_the_file() throws IOException {
    write(file, LINEAR);
    try (var live = watch()) {
      replace(
          "---\n"
              + LINEAR
              + "agent: {max_concurrent_agents: 2, max_turns: 3, max_retry_backoff_ms: 900}\n"
              + "codex: {turn_timeout_ms: 800}\nhooks: {before_run: echo new}\n---\n");

      await().untilAsserted(() -> assertThat(board(live.get()).pace().most()).isEqualTo(2));
      var now = live.get();
      assertThat(now.line().of(Stage.CODEGEN)).isEqualTo(2);
      assertThat(now.line().longestPause()).isEqualTo(Duration.ofMillis(900));
      assertThat(codex(now).maxTurns()).isEqualTo(3);
      assertThat(codex(now).patience().turn()).isEqualTo(Duration.ofMillis(800));
      assertThat(now.repos().get("orders")).extracting("policy").asString().contains("echo new");
    }
  }

  @Test
  void a_prompt_that_is_no_template_is_said_before_anything_runs() throws IOException {
    Files.writeString(file, "---\n" + LINEAR + "---\nDo it.\n{% if issue.title %}\n");

    assertThat(run("config", "check").said())
        .contains("warning: WORKFLOW.md: template_parse_error", "line 2");
  }

  @Test
  void C35_another_port_waits_for_the_next_start_and_that_is_said() throws IOException {
    write(file, LINEAR + "server: {port: 4001}\n");
    try (var live = watch()) {
      replace("---\n" + LINEAR + "server: {port: 4002}\n---\n");

      await()
          .untilAsserted(() ->
              assertThat(live.problems())
                  .singleElement()
                  .asString()
                  .startsWith("server: cannot change"));
      assertThat(live.get().server().port()).isEqualTo(4001);
      assertThat(live.unusable()).isEmpty();
    }
  }

  /// What the program said and how it ended.
  private record Ran(int exit, String said) {}

  private Ran run(String... arguments) {
    var said = new ByteArrayOutputStream();
    var out = new PrintStream(said, true, StandardCharsets.UTF_8);
    var exit = Millwright.run(arguments, out, out, environment, folder);
    return new Ran(exit, said.toString(StandardCharsets.UTF_8));
  }

  private static void write(Path file, String front) throws IOException {
    Files.writeString(file, "---\n" + front + "---\nDo {{ issue.identifier }}.\n");
  }

  /// As editors do it.
  private void replace(String text) throws IOException {
    var beside = Files.writeString(folder.resolve("WORKFLOW.md~"), text);
    Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private Reading read() {
    return SymphonyFile.read(file, Surroundings.of(folder, environment), Optional.empty());
  }

  private SettingsWatch watch() {
    return SettingsWatch.of(List.of(file), good(read()), this::read);
  }

  private static FactorySettings good(Reading reading) {
    assertThat(reading).isInstanceOf(Reading.Good.class);
    return ((Reading.Good) reading).settings();
  }

  private List<String> wrong() {
    return read() instanceof Reading.Bad(var problems, _)
        ? problems.stream().map(Problem::toString).toList()
        : List.of();
  }

  private BoardSettings board() {
    return board(good(read()));
  }

  private static BoardSettings board(FactorySettings settings) {
    return settings.intake().boards().values().iterator().next();
  }

  private AgentSettings codex() {
    return codex(good(read()));
  }

  private static AgentSettings codex(FactorySettings settings) {
    return requireNonNull(settings.agents().get("codex"));
  }

  private static String prompt(FactorySettings settings) {
    var policy = settings.repos().values().iterator().next().policy();
    return FrontMatter.of(requireNonNull(policy)).body();
  }
}

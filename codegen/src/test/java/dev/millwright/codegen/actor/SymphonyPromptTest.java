package dev.millwright.codegen.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.codegen.adapter.LiquidTemplate;
import dev.millwright.codegen.domain.Codegen;
import dev.millwright.codegen.domain.CodegenSettings.Workflow;
import dev.millwright.codegen.domain.Instructions;
import dev.millwright.codegen.domain.Prompt;
import dev.millwright.codegen.port.Template;
import dev.millwright.shared.settings.Problem;
import dev.millwright.shared.settings.SettingsFile.Reading;
import dev.millwright.shared.settings.Surroundings;
import dev.millwright.shared.settings.SymphonyFile;
import dev.millwright.shared.signal.Author;
import dev.millwright.shared.signal.Request;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Counters;
import dev.millwright.shared.workitem.Decision;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Lines C36 to C43: the text of a workflow file as a prompt.
class SymphonyPromptTest {
  private static final String BLOCKERS =
      """
      [{"id":"b-1","identifier":"ABC-1","state":"Todo"},{"identifier":"ABC-2"}]
      """;

  private static Path folder;
  private static Bench bench;

  @BeforeAll
  static void set_up() throws Exception {
    folder = Bench.temporary();
    bench = new Bench(folder);
    bench.mirror.refresh();
  }

  @AfterAll
  static void clean_up() throws Exception {
    new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor();
  }

  @BeforeEach
  void afresh() {
    bench.counters = Counters.ZERO;
  }

  @Test
  void C36_every_field_of_an_issue_and_the_attempt_are_known() throws Exception {
    var filled =
        filled(
            """
            {{ issue.id }}|{{ issue.identifier }}|{{ issue.title }}|{{ issue.priority }}|
            {{ issue.state }}|{{ issue.branch_name }}|{{ issue.url }}|{{ issue.assignee_id }}|
            {{ issue.labels | join: "+" }}|{{ issue.dispatchable }}|{{ issue.native_ref.node }}|
            {{ issue.description }}{{ attempt }}
            """,
            ticket());

    assertThat(filled.lines().toList().subList(0, 3))
        .containsExactly(
            "uuid-1|ABC-7|Say two|2|",
            "In Progress|abc-7-say-two|https://tickets.example.com/ABC-7|ada|",
            "agent+bug|true|N1|");
    assertThat(filled).contains("Please change a.txt");
  }

  @Test
  void C36_what_the_board_does_not_say_is_null_and_no_mistake() throws Exception {
    assertThat(
            filled(
                "{% if issue.branch_name %}x{% endif %}{{ issue.url }}{{ issue.native_ref }}"
                    + "{% for one in issue.blocked_by %}{{ one.state }}{% endfor %}{{ issue.created_at }}.",
                Bench.context()))
        .isEqualTo(".");
  }

  @Test
  void C37_the_attempt_is_null_first_and_then_a_number() throws Exception {
    var text = "{% if attempt %}again {{ attempt }}{% else %}first{% endif %}";
    assertThat(filled(text, ticket())).isEqualTo("first");

    bench.counters = Counters.ZERO.continued();
    assertThat(filled(text, ticket())).isEqualTo("again 1");

    bench.counters = Counters.ZERO.failed().failed();
    assertThat(filled(text, ticket())).isEqualTo("again 2");
  }

  @Test
  void C37_leave_to_begin_is_no_attempt() throws Exception {
    var allowed = ticket().with(new Decision(Decision.Verb.APPROVE, "kim", ""), Instant.EPOCH);

    assertThat(filled("{% if attempt %}again{% else %}first{% endif %}", allowed))
        .isEqualTo("first");
  }

  @Test
  void C38_what_nobody_knows_fails_the_attempt_which_is_tried_again() throws Exception {
    for (var text : List.of("{{ issue.titel }}", "{{ ticket.id }}", "{{ issue.title | shout }}")) {
      bench.write("WORKFLOW.md", "---\n---\n" + text);

      var outcome = bench.run("true", ticket()).outcome();

      assertThat(outcome)
          .isInstanceOfSatisfying(
              Outcome.Retry.class,
              retry -> assertThat(retry.reason()).contains("template_render_error"));
    }
  }

  @Test
  void C39_what_is_no_template_fails_this_run_only_and_says_where() throws Exception {
    bench.write("WORKFLOW.md", "---\n---\nDo it.\n{% if issue.title %} for ever");
    var broken = bench.run("true", ticket()).outcome();
    bench.write("WORKFLOW.md", "---\n---\nDo it.");
    var mended = bench.run("echo two > a.txt", ticket());

    assertThat(broken)
        .isInstanceOfSatisfying(
            Outcome.Retry.class,
            retry -> assertThat(retry.reason()).contains("template_parse_error", "line 2"));
    assertThat(bench.text(Bench.change(mended), "a.txt")).isEqualTo("two\n");
  }

  @Test
  void C40_times_are_text_and_lists_and_maps_can_be_gone_through() throws Exception {
    assertThat(
            filled(
                "{{ issue.created_at }} {{ issue.updated_at }}"
                    + "{% for one in issue.blocked_by %} {{ one.identifier }}={{ one.state }}"
                    + "{% unless one.id %}?{% endunless %}{% endfor %}"
                    + "{% for label in issue.labels %} #{{ label }}{% endfor %}",
                ticket()))
        .isEqualTo("2026-01-02T03:04:05Z 2026-01-03T00:00:00Z ABC-1=Todo ABC-2=? #agent #bug");
  }

  @Test
  void C41_without_a_text_there_is_one_with_the_ticket_in_it() throws Exception {
    for (var nothing : List.of("", "---\n---\n", "---\na: 1\n---\n  \n")) {
      var prompt = prompt(nothing, ticket());
      assertThat(prompt).contains("ABC-7", "Say two", "Please change a.txt");
    }
    assertThat(prompt("", ticket(""))).contains("ABC-7", "Say two", "No description");
  }

  @Test
  void C42_a_file_that_cannot_be_loaded_and_one_that_cannot_be_filled_in_are_told_apart()
      throws Exception {
    assertThat(wrong(folder.resolve("nowhere.md"))).contains("missing_workflow_file");
    var file = Files.writeString(folder.resolve("broken.md"), "---\na: [\n---\n");
    assertThat(wrong(file)).contains("workflow_parse_error");
    assertThatThrownBy(() -> filled("{% if %}", ticket()))
        .isInstanceOf(Template.Broken.class)
        .hasMessageStartingWith("template_parse_error: ");
    assertThatThrownBy(() -> filled("{{ nope }}", ticket()))
        .isInstanceOf(Template.Broken.class)
        .hasMessageStartingWith("template_render_error: ");
  }

  @Test
  void C43_a_file_of_the_shape_that_symphonys_own_has_is_read_and_filled_in() throws Exception {
    var text = Files.readString(Path.of("src/test/resources/symphony/WORKFLOW.md"));
    var file = Files.writeString(folder.resolve("WORKFLOW.md"), text);

    var reading =
        SymphonyFile.read(
            file,
            Surroundings.of(folder, Map.of("OPENAI_API_KEY", "k", "HOME", "/home/ada")),
            Optional.empty());
    bench.counters = Counters.ZERO.failed();
    var filled = filled(text, ticket());

    assertThat(reading)
        .isInstanceOfSatisfying(
            Reading.Good.class,
            good -> {
              assertThat(good.warnings()).isEmpty();
              assertThat(good.settings().intake().boards()).containsOnlyKeys("linear");
            });
    assertThat(filled)
        .contains("ticket `ABC-7`", "follow-up number 1", "Status: In Progress", "ABC-1 (Todo)")
        .doesNotContain("{{", "{%");
  }

  private static Context ticket() {
    return ticket("Please change a.txt");
  }

  private static Context ticket(String body) {
    var signal =
        new Signal(
            new SignalKey("linear:ABC-7"),
            "linear",
            new Author("ada", Author.Trust.MEMBER),
            new Request("Say two", body, null, List.of("agent", "bug"), 2, "orders", null),
            Map.of(
                "board", "linear",
                "ticket", "uuid-1",
                "identifier", "ABC-7",
                "state", "In Progress",
                "branch_name", "abc-7-say-two",
                "assignee", "ada",
                "created_at", "2026-01-02T03:04:05Z",
                "updated_at", "2026-01-03T00:00:00Z",
                "blocked_by", BLOCKERS,
                "native_ref", "{\"node\":\"N1\"}"),
            "https://tickets.example.com/ABC-7");
    var contract = Bench.context().contract().orElseThrow();
    return Context.of(signal).with(Stage.TRIAGE, contract);
  }

  private static Instructions told(String file, Context context) throws Template.Broken {
    return new Guidance(new LiquidTemplate())
        .of(
            bench.mirror,
            bench.mirror.resolve("main").orElseThrow(),
            bench.work(context),
            context.contract().orElseThrow(),
            new Workflow("WORKFLOW.md", file));
  }

  private static String filled(String file, Context context) throws Template.Broken {
    return told(file, context).workflow();
  }

  private static String prompt(String file, Context context) throws Template.Broken {
    var start = new Codegen.Start.Fresh("c0ffee");
    return Prompt.of(context, context.contract().orElseThrow(), told(file, context), start).whole();
  }

  private static String wrong(Path file) {
    return SymphonyFile.read(file, Surroundings.of(folder, Map.of()), Optional.empty())
            instanceof Reading.Bad(var problems, _)
        ? problems.stream().map(Problem::toString).findFirst().orElse("")
        : "";
  }
}

package dev.millwright.triage.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.shared.settings.PolicySettings.AftercareSettings;
import dev.millwright.shared.settings.PolicySettings.Autonomy;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Hooks;
import dev.millwright.triage.domain.RepositoryRules;
import dev.millwright.triage.port.RepositoryPolicy.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkflowFileTest {
  static Answer read(String text) {
    return WorkflowFile.read(text.getBytes(UTF_8), "WORKFLOW.md", "c0ffee");
  }

  static RepositoryRules rules(String text) {
    var answer = read(text);
    assertThat(answer).isInstanceOf(Answer.Found.class);
    return ((Answer.Found) answer).rules();
  }

  @Test
  void everything_under_factory_is_read() {
    var rules =
        rules(
            """
            ---
            tracker: {kind: linear}
            factory:
              autonomy: propose
              review: {required_approvals: 2}
              verification:
                checks:
                  - {name: tests, command: mvn -q verify, minutes: 7}
                  - command: make lint
              boundary: {allow: ["src/**"], deny: [ops/**], max_files: 5, max_lines: 100}
              environment: {setup: [make deps], maintenance: [make update]}
              aftercare: {probe: make smoke, window: 5m, every: 10s}
              agents: [claude, codex]
            ---
            Do {{ task }}.
            """);

    assertThat(rules.checks())
        .containsExactly(
            new Contract.Check("tests", "mvn -q verify", Duration.ofMinutes(7)),
            new Contract.Check("check 2", "make lint", Duration.ofMinutes(20)));
    assertThat(rules.boundary().allow()).containsExactly("src/**");
    assertThat(rules.boundary().deny()).containsExactly("ops/**");
    assertThat(rules.boundary().maxFiles()).isEqualTo(OptionalInt.of(5));
    assertThat(rules.environment().setup()).containsExactly("make deps");
    assertThat(rules.environment().maintenance()).containsExactly("make update");
    assertThat(rules.aftercare())
        .contains(
            new AftercareSettings("make smoke", Duration.ofMinutes(5), Duration.ofSeconds(10)));
    assertThat(rules.reach())
        .isEqualTo(
            new RepositoryRules.Reach(
                Optional.of(Autonomy.PROPOSE),
                OptionalInt.of(2),
                RepositoryRules.Documentation.ALL,
                List.of("claude", "codex")));
    assertThat(rules.warnings()).isEmpty();
  }

  @Test
  void symphonys_hooks_are_read() {
    var text =
        """
        ---
        tracker: {kind: linear}
        hooks:
          after_create: |
            git clone --depth 1 https://example.com/orders .
            npm ci
          before_run: echo begin
          after_run: echo end
          before_remove:
          timeout_ms: 1500
        ---
        Do {{ task }}.
        """;

    assertThat(rules(text).environment().hooks())
        .isEqualTo(
            new Hooks(
                "git clone --depth 1 https://example.com/orders .\nnpm ci\n",
                "echo begin",
                "echo end",
                "",
                Duration.ofMillis(1500)));
    assertThat(rules("---\nhooks: {before_run: x}\n---\n").environment().hooks().limit())
        .isEqualTo(Duration.ofMinutes(1));
    assertThat(rules("---\nhooks: {befor_run: x}\n---\n").warnings())
        .containsExactly("WORKFLOW.md: hooks.befor_run is not known and ignored");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Just a prompt.\n", "---\n---\n", "---\nagent: {}\n---\n", "---\nopen: 1"})
  void a_file_without_the_section_has_no_rules(String text) {
    assertThat(rules(text)).isEqualTo(RepositoryRules.NONE);
  }

  @Test
  void what_documentation_is_looked_after_is_read() {
    assertThat(documentation("documentation: false"))
        .isEqualTo(new RepositoryRules.Documentation(false, List.of()));
    assertThat(documentation("documentation: {paths: [\"docs/**\"]}"))
        .isEqualTo(new RepositoryRules.Documentation(true, List.of("docs/**")));
    assertThat(documentation("documentation: {enabled: no}").wanted()).isFalse();
    assertThat(documentation("autonomy: review")).isEqualTo(RepositoryRules.Documentation.ALL);
  }

  private static RepositoryRules.Documentation documentation(String key) {
    return rules("---\nfactory:\n  " + key + "\n---\n").reach().documentation();
  }

  @Test
  void how_a_factory_is_run_with_the_file_is_known_and_not_for_triage() {
    var rules =
        rules(
            """
            ---
            factory:
              models: {main: {protocol: gemini}}
              repo: {url: ../orders}
              board: {comments: true}
            ---
            """);

    assertThat(rules).isEqualTo(RepositoryRules.NONE);
  }

  @Test
  void an_unknown_key_is_a_warning() {
    assertThat(rules("---\nfactory: {boundary: {denny: [x]}}\n---\n").warnings())
        .containsExactly("WORKFLOW.md: factory.boundary.denny is not known and ignored");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "---\nfactory: {boundary: {max_files: many}}\n---\n",
        "---\nfactory: {boundary: {deny: ops}}\n---\n",
        "---\nfactory: [1]\n---\n",
        "---\nfactory: {verification: [{name: \"a;b\", command: x}]}\n---\n",
        "---\nfactory: {verification: [{name: a, command: x}, {name: a, command: y}]}\n---\n",
        "---\nfactory: {verification: [{name: a}]}\n---\n",
        "---\nfactory: {a: 1\n---\n",
        "---\na: 1\na: 2\n---\n",
        "---\n- a list\n---\n",
        "---\nfactory: {aftercare: {probe: x, window: soon}}\n---\n",
        "---\nfactory: {aftercare: {probe: 'http://169.254.169.254/'}}\n---\n",
        "---\nfactory: {aftercare: {probe: x, window: 8d}}\n---\n",
        "---\nfactory: {aftercare: {probe: x, every: 1s}}\n---\n",
        "---\nfactory: {autonomy: full}\n---\n",
        "---\nfactory: {documentation: {enabled: 7}}\n---\n",
        "---\nfactory: {documentation: {paths: docs}}\n---\n",
        "---\nhooks: [x]\n---\n",
        "---\nhooks: {before_run: [x]}\n---\n",
        "---\nhooks: {timeout_ms: 0}\n---\n",
        "---\nhooks: {timeout_ms: soon}\n---\n",
        "---\nfactory: {review: {required_approvals: 0}}\n---\n"
      })
  void a_wrong_value_is_said_and_nothing_is_guessed(String text) {
    var answer = read(text);

    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Unusable.class,
            unusable ->
                assertThat(unusable.reason()).startsWith("WORKFLOW.md: ").doesNotContain("\n"));
  }

  @Test
  void an_alias_bomb_and_a_deep_or_huge_file_do_no_harm() {
    var bomb = new StringBuilder("---\na0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      bomb.append(
          "a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(8) + "*a" + (i - 1) + "]\n");
    }
    bomb.append("factory: {environment: {setup: [*a11]}}\n---\n");

    assertThat(read(bomb.toString())).isNotNull();
    assertThat(read("---\nfactory: " + "[".repeat(10_000) + "\n---\n"))
        .isInstanceOf(Answer.Unusable.class);
    assertThat(read("---\nx: " + "y".repeat(300_000) + "\n---\n"))
        .isInstanceOf(Answer.Unusable.class);
    assertThat(WorkflowFile.read(new byte[] {(byte) 0xff, (byte) 0xfe}, "WORKFLOW.md", "c"))
        .isInstanceOf(Answer.Unusable.class);
  }
}

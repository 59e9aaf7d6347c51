package dev.millwright.triage.actor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.shared.line.ScriptedAssignment;
import dev.millwright.shared.settings.PolicySettings;
import dev.millwright.shared.settings.RepoSettings;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.FailureKind;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.WaitingOn;
import dev.millwright.shared.workspace.Mirrors;
import dev.millwright.triage.Given;
import dev.millwright.triage.adapter.MirrorRepositoryPolicy;
import dev.millwright.triage.domain.TriageSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The stage over the rules of a real repository.
class TriageStageTest {
  private static final String WORKFLOW = "WORKFLOW.md";

  private final Path folder;
  private final Path remote;

  TriageStageTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.remote = folder.resolve("remote");
    git(folder, "init", "-q", "-b", "main", remote.toString());
    commit("app.txt", "app\n");
  }

  @Test
  void the_rules_of_the_base_branch_become_part_of_the_contract() throws Exception {
    commit(WORKFLOW, workflow("make lint", "ops/**"));
    git(remote, "checkout", "-q", "-b", "proposed");
    commit(WORKFLOW, workflow("true", "nothing"));

    var work = work();
    var result = stage().run(work);

    assertThat(result.outcome()).isInstanceOf(Outcome.Advance.class);
    var contract = (Contract) Objects.requireNonNull(result.part());
    assertThat(contract.verification())
        .extracting(Contract.Check::command)
        .containsExactly("make lint");
    assertThat(contract.boundary().deny()).contains("ops/**", ".github/**");
    assertThat(contract.route().repo()).isEqualTo("orders");
    assertThat(contract.judgement().rationale()).isNotBlank();
    assertThat(work.said())
        .contains("repository orders, agent coder")
        .anyMatch(line -> line.contains("factory.denny is not known"));
  }

  @Test
  void a_change_of_the_rules_counts_from_the_next_attempt_on() throws Exception {
    commit(WORKFLOW, workflow("make lint", "ops/**"));
    var stage = stage();
    stage.run(work());
    commit(WORKFLOW, workflow("make everything", "ops/**"));

    var contract = (Contract) Objects.requireNonNull(stage.run(work()).part());

    assertThat(contract.verification().getFirst().command()).isEqualTo("make everything");
  }

  @Test
  void a_repository_without_rules_is_worked_on_under_those_of_the_server() throws Exception {
    var result = stage().run(work());

    var contract = (Contract) Objects.requireNonNull(result.part());
    assertThat(contract.verification()).isEmpty();
    assertThat(contract.boundary().deny())
        .containsExactlyElementsOf(PolicySettings.DEFAULT.boundary().deny());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "---\nfactory: {boundary: {max_files: many}}\n---\n",
        "---\nfactory: [\n---\n",
        "---\na: &a [*a]\nfactory: {environment: *a}\n---\n",
        "---\nfactory: {boundary: {deny: [\"\\0\"]}, boundary: {}}\n---\n"
      })
  void rules_that_cannot_be_followed_wait_for_a_person_who_is_told_where(String text)
      throws Exception {
    commit(WORKFLOW, text);

    mustBeMended("WORKFLOW.md: ");
  }

  @Test
  void rules_too_large_to_read_are_not_taken_for_none() throws Exception {
    commit(WORKFLOW, "---\nfactory: {}\n---\n" + "x".repeat(17 << 20));

    mustBeMended("WORKFLOW.md is ");
  }

  @Test
  void rules_behind_a_link_are_not_taken_for_none() throws Exception {
    Files.createSymbolicLink(remote.resolve(WORKFLOW), Path.of("app.txt"));
    git(remote, "add", "-A");
    git(remote, "commit", "-q", "-m", "link");

    mustBeMended("WORKFLOW.md is ");
  }

  @Test
  void a_repository_out_of_reach_is_tried_again_later() throws Exception {
    Files.move(remote, folder.resolve("moved"));

    var result = stage().run(work());

    assertThat(result.outcome())
        .isInstanceOfSatisfying(
            Outcome.Retry.class,
            retry -> {
              assertThat(retry.kind()).isEqualTo(FailureKind.OUTSIDE);
              assertThat(retry.reason()).startsWith("orders cannot be fetched");
            });
  }

  private void mustBeMended(String reason) throws InterruptedException {
    assertThat(stage().run(work()).outcome())
        .isInstanceOfSatisfying(
            Outcome.Wait.class,
            wait -> {
              assertThat(wait.on()).isEqualTo(WaitingOn.ANSWER);
              assertThat(wait.reason()).startsWith(reason).endsWith("Mend it and retry.");
              assertThat(wait.reason()).hasSizeLessThan(600).doesNotContain("\n", "Exception");
            });
  }

  private TriageStage stage() {
    var orders = new RepoSettings("orders", remote.toString(), "main", "local", WORKFLOW);
    var settings =
        new TriageSettings(List.of(orders), List.of(Given.CODER), PolicySettings.DEFAULT);
    var mirrors = new Mirrors(folder.resolve("data"));
    return new TriageStage(
        () -> settings,
        new MirrorRepositoryPolicy(repo -> mirrors.mirror(repo.name(), repo.url())),
        Given.NO_MEMORY);
  }

  private ScriptedAssignment work() {
    Context context = Given.asked("Say hello in app.txt", "It should greet people.");
    return ScriptedAssignment.of(Stage.TRIAGE, context, folder);
  }

  private static String workflow(String check, String deny) {
    return """
    ---
    factory:
      verification: {checks: [{name: lint, command: %s}]}
      boundary: {deny: ["%s"]}
      denny: 1
    ---
    Be kind.
    """
        .formatted(check, deny);
  }

  private void commit(String path, String content) throws IOException {
    Files.writeString(remote.resolve(path), content);
    git(remote, "add", "-A");
    git(remote, "commit", "-q", "-m", "change " + path);
  }

  private static void git(Path where, String... words) throws IOException {
    var all = new ArrayList<>(List.of("git", "-c", "user.name=t", "-c", "user.email=t@t"));
    all.addAll(List.of(words));
    var process =
        new ProcessBuilder(all).directory(where.toFile()).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.onExit().join().exitValue()).as(said).isZero();
  }
}

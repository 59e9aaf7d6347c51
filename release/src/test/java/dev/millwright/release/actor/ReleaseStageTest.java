package dev.millwright.release.actor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.release.port.Forge;
import dev.millwright.release.port.Verifier;
import dev.millwright.shared.workitem.Diagnostic;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.Proposal;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.StageResult;
import dev.millwright.shared.workitem.WaitingOn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReleaseStageTest {
  private static final ItemId ITEM = new ItemId("task-1");

  private Path folder;
  private Yard yard;

  @BeforeEach
  void set_up() throws Exception {
    folder = Yard.temporary();
    yard = new Yard(folder);
  }

  @AfterEach
  void clean_up() throws Exception {
    new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor();
  }

  @Test
  void a_change_without_evidence_for_exactly_its_commit_goes_back_to_validation() throws Exception {
    var change = yard.change("a.txt", "two\n");
    var other = yard.change("a.txt", "three\n");
    var stale = yard.checked(other).with(Stage.CODEGEN, change);

    for (var context : List.of(yard.context(change), stale)) {
      assertThat(yard.run(context, never()).outcome())
          .isInstanceOfSatisfying(
              Outcome.SendBack.class, back -> assertThat(back.to()).isEqualTo(Stage.VALIDATION));
    }
  }

  @Test
  void a_checked_change_is_opened_once_and_waits_for_review() throws Exception {
    var change = yard.change("a.txt", "two\n");

    var first = yard.run(yard.checked(change), never());
    var second = yard.run(yard.checked(change), never());

    assertThat(first.outcome())
        .isInstanceOfSatisfying(
            Outcome.Wait.class, wait -> assertThat(wait.on()).isEqualTo(WaitingOn.REVIEW));
    assertThat(proposal(second).number()).isEqualTo(proposal(first).number()).isEqualTo("1");
    assertThat(Yard.git(yard.remote, "rev-parse", "millwright/task-1"))
        .isEqualTo(change.revision().commit());
    assertThat(proposal(first).description())
        .contains("a.txt says two", "| tests | `make test` | passed |", "12 run, 0 failed")
        .contains("> # Approved by")
        .doesNotContain("@everyone", "<b>");
    assertThat(Files.readString(yard.data.resolve("forge/orders/1.json"))).contains("\"OPEN\"");
  }

  @Test
  void an_approved_change_lands_as_a_merge_with_its_trailers() throws Exception {
    var change = yard.change("a.txt", "two\n");
    var result = yard.run(yard.approved(change), never());

    assertThat(result.outcome()).isInstanceOf(Outcome.Advance.class);
    assertThat(proposal(result).landed()).isEqualTo(yard.main());
    assertThat(Yard.git(yard.remote, "log", "-1", "--format=%B%P", "main"))
        .contains("Millwright-Item: task-1", "Millwright-Change: " + change.revision().commit());
    assertThat(Yard.git(yard.remote, "show", "main:a.txt")).isEqualTo("two");
    assertThat(yard.forge().look("orders", ITEM))
        .isInstanceOfSatisfying(
            Forge.Seen.Change.class,
            seen -> assertThat(seen.state()).isEqualTo(Forge.State.MERGED));
  }

  @Test
  void a_moved_base_is_checked_together_with_the_change_before_it_lands() throws Exception {
    var change = yard.change("a.txt", "two\n");
    yard.meanwhile("b.txt", "b\n");
    var verified = new ArrayList<String>();

    var result =
        yard.run(
            yard.approved(change),
            (_, _, _, commit) -> {
              verified.add(commit);
              return new Verifier.Said.Green("all");
            });

    assertThat(result.outcome()).isInstanceOf(Outcome.Advance.class);
    assertThat(verified).containsExactly(yard.main());
    assertThat(Yard.git(yard.remote, "show", "main:b.txt")).isEqualTo("b");
  }

  @Test
  void a_change_that_is_red_together_with_the_base_goes_back_with_the_findings() throws Exception {
    var change = yard.change("a.txt", "two\n");
    yard.meanwhile("b.txt", "b\n");
    var before = yard.main();
    var finding = Diagnostic.error("tests", "they disagree");

    var result =
        yard.run(
            yard.approved(change), (_, _, _, _) -> new Verifier.Said.Red("red", List.of(finding)));

    assertThat(result.outcome())
        .isInstanceOfSatisfying(
            Outcome.SendBack.class,
            back -> {
              assertThat(back.to()).isEqualTo(Stage.CODEGEN);
              assertThat(back.diagnostics()).containsExactly(finding);
            });
    assertThat(yard.main()).isEqualTo(before);
  }

  @Test
  void a_conflict_goes_back_to_codegen_with_its_files() throws Exception {
    var change = yard.change("a.txt", "two\n");
    yard.meanwhile("a.txt", "other\n");

    assertThat(yard.run(yard.approved(change), never()).outcome())
        .isInstanceOfSatisfying(
            Outcome.SendBack.class,
            back -> assertThat(back.diagnostics()).extracting(Diagnostic::file).contains("a.txt"));
  }

  @Test
  void a_crash_between_push_and_record_lands_once() throws Exception {
    var change = yard.change("a.txt", "two\n");
    var first = yard.run(yard.approved(change), never());
    yard.meanwhileAfter("b.txt", "b\n");
    var again = yard.run(yard.approved(change), never());

    assertThat(proposal(again).landed()).isEqualTo(proposal(first).landed());
    assertThat(yard.landings()).isEqualTo(1);
  }

  @Test
  void somebody_faster_is_met_with_another_try_on_what_they_landed() throws Exception {
    var change = yard.change("a.txt", "two\n");
    yard.meanwhile("b.txt", "b\n");
    var tries = new ArrayList<String>();

    var result =
        yard.run(
            yard.approved(change),
            (_, _, _, commit) -> {
              tries.add(commit);
              if (tries.size() == 1) {
                land("c.txt");
              }
              return new Verifier.Said.Green("all");
            });

    assertThat(result.outcome()).isInstanceOf(Outcome.Advance.class);
    assertThat(tries).hasSize(2);
    assertThat(yard.landings()).isEqualTo(1);
    assertThat(Yard.git(yard.remote, "show", "main:c.txt")).isEqualTo("c");
  }

  @Test
  void a_checked_out_branch_is_left_alone_until_its_owner_allows_it() throws Exception {
    var change = yard.change("a.txt", "two\n");
    var local = yard.onto(yard.clone);
    Yard.git(
        yard.mirror.folder(),
        "push",
        "-q",
        local.mirror.folder().toString(),
        change.revision().commit() + ":refs/millwright/items/x");

    var refused = local.run(local.approved(change), never());
    Yard.git(yard.clone, "config", "receive.denyCurrentBranch", "updateInstead");
    Files.writeString(yard.clone.resolve("a.txt"), "unsaved\n");
    var dirty = local.run(local.approved(change), never());
    Yard.git(yard.clone, "checkout", "-q", "--", "a.txt");
    var landed = local.run(local.approved(change), never());

    assertThat(refused.outcome())
        .isInstanceOfSatisfying(
            Outcome.Wait.class,
            wait -> {
              assertThat(wait.on()).isEqualTo(WaitingOn.LANDING);
              assertThat(wait.reason()).contains("git -C", "merge millwright/task-1");
            });
    assertThat(dirty.outcome())
        .isInstanceOfSatisfying(
            Outcome.Wait.class, wait -> assertThat(wait.reason()).contains("Commit or stash"));
    assertThat(landed.outcome()).isInstanceOf(Outcome.Advance.class);
    assertThat(Files.readString(yard.clone.resolve("a.txt"))).isEqualTo("two\n");
  }

  @Test
  void a_branch_merged_by_hand_counts_as_landed() throws Exception {
    var change = yard.change("a.txt", "two\n");
    yard.run(yard.checked(change), never());
    Yard.git(yard.clone, "pull", "-q", "--ff-only", "origin", "millwright/task-1");
    Yard.git(yard.clone, "push", "-q", "origin", "main");

    var result = yard.run(yard.approved(change), never());

    assertThat(proposal(result).landed()).isEqualTo(change.revision().commit());
  }

  private void land(String path) {
    try {
      yard.meanwhile(path, path.charAt(0) + "\n");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Verifier never() {
    return (_, _, _, commit) -> {
      throw new AssertionError("checked again: " + commit);
    };
  }

  private static Proposal proposal(StageResult result) {
    if (result.part() instanceof Proposal proposal) {
      return proposal;
    }
    throw new AssertionError("no proposal: " + result.outcome());
  }
}

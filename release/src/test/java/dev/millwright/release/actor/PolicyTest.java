package dev.millwright.release.actor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.release.port.Forge;
import dev.millwright.release.port.Verifier;
import dev.millwright.shared.settings.PolicySettings;
import dev.millwright.shared.settings.PolicySettings.LowRisk;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Decision;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Kind;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.StageResult;
import dev.millwright.shared.workitem.WaitingOn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What a policy lets release do by itself.
class PolicyTest {
  private static final Verifier NEVER =
      (_, _, _, _) -> {
        throw new AssertionError("nothing to verify");
      };

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
  void a_proposal_leaves_nothing_outside_before_it_is_approved() throws Exception {
    var change = yard.change("a.txt", "two\n");
    var held = promised(yard.checked(change), Contract.Deliverable.PATCH, Kind.CHORE, 1);

    var waits = yard.run(held, NEVER);

    assertThat(waits.part()).isNull();
    assertThat(waits.outcome())
        .isInstanceOfSatisfying(
            Outcome.Wait.class, wait -> assertThat(wait.on()).isEqualTo(WaitingOn.REVIEW));
    assertThat(branches()).isEqualTo("main");
    assertThat(yard.forge().pending("orders")).isEqualTo(new Forge.Pending.Changes(Set.of()));
    assertThat(yard.run(decided(held, Decision.Verb.APPROVE, "ben"), NEVER).outcome())
        .isInstanceOf(Outcome.Advance.class);
  }

  @Test
  void a_change_lands_when_enough_people_approved_it() throws Exception {
    var change = yard.change("a.txt", "two\n");
    var asked = promised(yard.checked(change), Contract.Deliverable.PULL_REQUEST, Kind.CHORE, 2);

    var one = decided(asked, Decision.Verb.APPROVE, "ben");
    assertThat(yard.run(one, NEVER).outcome().reason())
        .isEqualTo("change 1 is ready for review (1 of 2 approvals)");
    var both = decided(one, Decision.Verb.APPROVE, "cem");
    assertThat(yard.run(both, NEVER).outcome()).isInstanceOf(Outcome.Advance.class);
  }

  @Test
  void a_change_waits_for_room_while_as_many_are_open_as_may_be() throws Exception {
    yard.policy = PolicySettings.DEFAULT.with(new PolicySettings.Review(1, 1));
    var forge = yard.forge();
    var change = yard.change("a.txt", "two\n");
    var first = new ItemId("task-1");
    var second = new ItemId("task-2");
    var context = yard.checked(change);

    yard.run(forge, context, NEVER, first);
    var full = yard.run(forge, context, NEVER, second);

    assertThat(full.outcome())
        .isInstanceOfSatisfying(
            Outcome.Wait.class,
            wait -> {
              assertThat(wait.on()).isEqualTo(WaitingOn.CAPACITY);
              assertThat(wait.atMost()).isNotNull();
            });
    assertThat(waitsForReview(yard.run(forge, context, NEVER, first))).isTrue();
    forge.settle("orders", first, new Forge.Ending.Rejected("no"));
    assertThat(waitsForReview(yard.run(forge, context, NEVER, second))).isTrue();
  }

  @Test
  void what_people_decided_is_told_to_the_forge_once() throws Exception {
    var change = yard.change("a.txt", "two\n");
    var context = decided(yard.checked(change), Decision.Verb.REWORK, "ben");

    yard.run(context, NEVER);
    yard.run(context, NEVER);

    assertThat(Files.readString(yard.data.resolve("forge/orders/1.json")))
        .containsOnlyOnce("Rework asked by ben");
  }

  @Nested
  class Landing_by_itself {
    private final LowRisk docs = new LowRisk(Set.of(Kind.DOCS), List.of("docs/**", "*.md"));

    @Test
    void is_for_the_kinds_and_paths_the_policy_names() throws Exception {
      yard.policy = PolicySettings.DEFAULT.with(docs);
      var change = yard.change("README.md", "two\n");

      var result =
          yard.run(
              promised(yard.checked(change), Contract.Deliverable.LANDING, Kind.DOCS, 1), NEVER);

      assertThat(result.outcome()).isInstanceOf(Outcome.Advance.class);
      assertThat(Yard.git(yard.remote, "show", "main:README.md")).isEqualTo("two");
      assertThat(branches()).isEqualTo("main");
    }

    @Test
    void is_not_for_anything_else() throws Exception {
      yard.policy = PolicySettings.DEFAULT.with(docs);
      var words = yard.checked(yard.change("README.md", "two\n"));
      var code = yard.checked(yard.change("a.txt", "two\n"));
      var landing = Contract.Deliverable.LANDING;

      for (var context :
          List.of(
              promised(words, landing, Kind.BUG, 1),
              promised(code, landing, Kind.DOCS, 1),
              promised(words, landing, Kind.DOCS, 2),
              promised(words, Contract.Deliverable.PULL_REQUEST, Kind.DOCS, 1),
              decided(promised(words, landing, Kind.DOCS, 1), Decision.Verb.REWORK, "ben"))) {
        assertThat(waitsForReview(yard.run(context, NEVER))).isTrue();
      }
    }

    @Test
    void is_not_for_what_was_objected_to_however_much_was_said_since() throws Exception {
      yard.policy = PolicySettings.DEFAULT.with(docs);
      var words = yard.checked(yard.change("README.md", "two\n"));
      var context =
          decided(
              promised(words, Contract.Deliverable.LANDING, Kind.DOCS, 1),
              Decision.Verb.REWORK,
              "ben");
      for (var i = 0; i < 30; i++) {
        context = decided(context, Decision.Verb.REMARK, "board:dan");
      }

      assertThat(waitsForReview(yard.run(context, NEVER))).isTrue();
    }

    @Test
    void is_for_nothing_while_the_policy_names_nothing() throws Exception {
      var words = yard.checked(yard.change("README.md", "two\n"));

      var result = yard.run(promised(words, Contract.Deliverable.LANDING, Kind.DOCS, 1), NEVER);

      assertThat(waitsForReview(result)).isTrue();
    }
  }

  private static boolean waitsForReview(StageResult result) {
    return result.outcome() instanceof Outcome.Wait(var on, _, _) && on == WaitingOn.REVIEW;
  }

  private static Context promised(
      Context context, Contract.Deliverable deliverable, Kind kind, int approvals) {
    return context.with(Stage.TRIAGE, Yard.contract(deliverable, kind, approvals));
  }

  private static Context decided(Context context, Decision.Verb verb, String by) {
    return context.with(new Decision(verb, by, "look again"), Instant.EPOCH);
  }

  private String branches() throws Exception {
    return Yard.git(yard.remote, "branch", "--format=%(refname:short)");
  }
}

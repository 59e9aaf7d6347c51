package dev.millwright.triage.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.shared.signal.Author.Trust;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Counters;
import dev.millwright.shared.workitem.Decision.Verb;
import dev.millwright.shared.workitem.Dossier;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.Usage;
import dev.millwright.shared.workitem.WaitingOn;
import dev.millwright.shared.workitem.WorkItemState.Finished;
import dev.millwright.shared.workitem.WorkItemState.Known;
import dev.millwright.shared.workitem.WorkItemState.Queued;
import dev.millwright.shared.workitem.WorkItemState.Result;
import dev.millwright.shared.workitem.WorkItemState.Waiting;
import dev.millwright.triage.Given;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SplittingTest {
  private static final String LIST =
      """
      - [ ] Remove the XML API and its tests
      - [ ] Move config keys below `server`
      - [x] Announce it in the newsletter
      - [ ] Raise the minimum Java version to 21
      - [ ] Rewrite the upgrade guide
      - [ ] Rename the Docker image
      """;

  private static final Context LARGE = Given.asked(Trust.MEMBER, "Prepare 7.0", LIST);

  @Nested
  class A_request_that_lists_its_parts {
    @Test
    void becomes_an_item_for_each_open_one_in_order() {
      var result = TriageTest.triage(LARGE);

      assertThat(result.outcome()).isInstanceOf(Outcome.Split.class);
      assertThat(result.raised())
          .extracting(it -> it.request().title())
          .containsExactly(
              "Remove the XML API and its tests",
              "Move config keys below `server`",
              "Raise the minimum Java version to 21",
              "Rewrite the upgrade guide",
              "Rename the Docker image");
      assertThat(result.outcome().reason())
          .contains(ItemId.of(result.raised().getFirst().key()).value());
    }

    @Test
    void chains_them_and_keeps_who_asked() {
      var parts = TriageTest.triage(LARGE).raised();

      assertThat(Predecessors.of(parts.getFirst())).isEmpty();
      for (var at = 1; at < parts.size(); at++) {
        assertThat(Predecessors.of(parts.get(at))).containsExactly(parts.get(at - 1).key());
      }
      assertThat(parts).allMatch(part -> part.author().equals(LARGE.signal().author()));
    }

    @Test
    void makes_nothing_twice_when_it_is_cut_again() {
      assertThat(TriageTest.triage(LARGE).raised()).isEqualTo(TriageTest.triage(LARGE).raised());
    }

    @Test
    void of_an_outsider_is_approved_before_it_is_cut() {
      var outsiders = Given.asked(Trust.OUTSIDER, "Prepare 7.0", LIST);
      var asked = TriageTest.triage(outsiders);

      assertThat(asked.raised()).isEmpty();
      assertThat(asked.outcome())
          .isInstanceOfSatisfying(
              Outcome.Wait.class, wait -> assertThat(wait.on()).isEqualTo(WaitingOn.APPROVAL));
      var approved =
          Given.decided(outsiders.with(Stage.TRIAGE, TriageTest.contract(asked)), Verb.APPROVE, "");
      assertThat(TriageTest.triage(approved).raised())
          .hasSize(5)
          .allMatch(part -> part.author().trust() == Trust.OUTSIDER);
    }

    @Test
    void is_not_cut_when_a_machine_sent_it_or_a_person_wants_it_whole() {
      assertThat(TriageTest.triage(Given.asked(Trust.MACHINE, "Prepare 7.0", LIST)).raised())
          .isEmpty();
      assertThat(TriageTest.triage(Given.decided(LARGE, Verb.ANSWER, "all at once")).raised())
          .isEmpty();
    }
  }

  @Test
  void steps_to_see_a_mistake_are_no_parts() {
    var steps = "Steps:\n1. Open the cart\n2. Add an article\n3. Press back\n4. Look at the total";

    assertThat(
            TriageTest.triage(Given.asked("Show the total again after going back", steps)).raised())
        .isEmpty();
  }

  @Test
  void one_that_is_too_large_without_a_list_is_asked_what_comes_first() {
    var result =
        TriageTest.triage(
            Given.asked(
                Trust.MEMBER,
                "Rewrite the whole backend in Rust",
                "We should rewrite all services from scratch."));

    assertThat(result.outcome().reason())
        .startsWith("This is too large for one change")
        .contains("Rewrite the whole")
        .endsWith("how is it seen that it is done?");
  }

  @Nested
  class A_part {
    private final Signal second = TriageTest.triage(LARGE).raised().get(1);
    private final SignalKey first = TriageTest.triage(LARGE).raised().getFirst().key();

    private Optional<Outcome> outcome(Optional<Known> before) {
      return Predecessors.judge(
              Context.of(second), key -> key.equals(first) ? before : Optional.empty())
          .map(it -> it.outcome());
    }

    private Dossier dossier() {
      return new Dossier(
          ItemId.of(first),
          Context.of(TriageTest.triage(LARGE).raised().getFirst()),
          Counters.ZERO,
          1,
          Usage.NONE,
          Map.of(),
          Given.NOW);
    }

    @Test
    void waits_for_the_one_before() {
      var queued = new Queued(dossier(), Stage.CODEGEN, Given.NOW);
      var shown = new Waiting(dossier(), Stage.RELEASE, WaitingOn.REVIEW, "look", null);

      assertThat(outcome(Optional.of(queued)))
          .hasValueSatisfying(it -> {
            assertThat(it)
                .isInstanceOfSatisfying(
                    Outcome.Wait.class, wait -> assertThat(wait.on()).isEqualTo(WaitingOn.TIME));
            assertThat(it.reason()).contains("is not done yet");
          });
      assertThat(outcome(Optional.of(shown)))
          .hasValueSatisfying(it -> assertThat(it.reason()).contains("waits for review first"));
    }

    @Test
    void goes_on_once_that_is_done() {
      var done = new Finished(dossier(), Stage.MONITORING, Result.DONE, "healthy");

      assertThat(outcome(Optional.of(done))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Result.class, mode = EnumSource.Mode.EXCLUDE, names = "DONE")
    void asks_when_that_ended_badly(Result result) {
      var ended = new Finished(dossier(), Stage.RELEASE, result, "not like this");

      assertThat(outcome(Optional.of(ended)))
          .hasValueSatisfying(it ->
              assertThat(it.reason())
                  .contains("not like this", "Shall this be done all the same?"));
    }

    @Test
    void asks_when_nobody_knows_that_one() {
      assertThat(outcome(Optional.empty()))
          .hasValueSatisfying(it -> assertThat(it.reason()).contains("is not known here"));
    }

    @Test
    void is_not_cut_once_more() {
      assertThat(TriageTest.triage(Context.of(second)).raised()).isEmpty();
    }
  }
}

package dev.millwright.triage.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.shared.settings.PolicySettings;
import dev.millwright.shared.settings.PolicySettings.Duplicates;
import dev.millwright.shared.signal.Author.Trust;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Decision.Verb;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.StageResult;
import dev.millwright.triage.Given;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// When earlier work makes new work unnecessary, and when it only stands beside it.
class DuplicatesTest {
  private static final String TITLE = "Webhook delivery gives up instead of retrying";
  private static final String BODY = "The docs promise five retries with backoff, the job is dead.";

  private static Alike other(String title, double score, Trust trust, @Nullable Instant finished) {
    return new Alike(
        new ItemId("github-acme-orders-7"),
        title,
        BODY,
        trust,
        new Alike.Standing(Given.NOW, finished, null),
        score,
        List.of("webhook", "retries"));
  }

  private static Alike open(String title, double score) {
    return other(title, score, Trust.MEMBER, null);
  }

  private static StageResult triage(Context context, Duplicates policy, Alike... alike) {
    var none = Knowledge.none();
    var knowing =
        new Knowledge(List.of(alike), none.experience(), none.readiness(), none.opinion());
    var settings =
        new TriageSettings(
            Given.TWO_REPOS.repos(),
            Given.TWO_REPOS.agents(),
            PolicySettings.DEFAULT.with(new PolicySettings.Triage(policy, true, false, null)));
    return TriageTest.triage(context, settings, RepositoryRules.NONE, knowing);
  }

  private static StageResult triage(Context context, Alike... alike) {
    return triage(context, Duplicates.DROP, alike);
  }

  private static Contract.Finding finding(StageResult result) {
    return TriageTest.contract(result).judgement().findings().stream()
        .filter(it -> it.about().equals("duplicate"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void what_says_the_same_is_dropped_with_score_and_words() {
    var outcome = triage(Given.asked(Trust.MEMBER, TITLE, BODY), open(TITLE, 0.91)).outcome();

    assertThat(outcome)
        .isEqualTo(
            new Outcome.Drop(
                "looks like github-acme-orders-7 (\""
                    + TITLE
                    + "\"), 0.91, because both say webhook, retries",
                new ItemId("github-acme-orders-7")));
  }

  @Test
  void what_is_merely_alike_is_linked_and_goes_on() {
    var result = triage(Given.asked(Trust.MEMBER, TITLE, BODY), open(TITLE, 0.6));

    assertThat(result.outcome()).isInstanceOf(Outcome.Advance.class);
    assertThat(finding(result).value()).isEqualTo("linked");
    assertThat(finding(result).why()).contains("github-acme-orders-7", "0.60", "webhook");
    assertThat(TriageTest.contract(result).judgement().rationale()).contains("looks like");
  }

  @Test
  void what_has_little_in_common_is_not_named() {
    var result = triage(Given.asked(Trust.MEMBER, TITLE, BODY), open(TITLE, 0.2));

    assertThat(finding(result).value()).isEqualTo("none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Bump netty from 4.1.100 to 4.1.118|Bump netty from 4.1.118 to 4.1.121",
        "CVE-2021-44228 in the reporting jar|CVE-2021-45046 in the reporting jar",
        "Broken link in docs/install.md to the page|Broken link in docs/upgrade.md to the page",
        "Webhook gives up after one 503 answer|Webhook gives up after one 500 answer",
        "Deadlock in AccountLock under heavy load|Deadlock in StockLock under heavy load",
        "Export the order list as XLSX file|Export the order list as PDF file",
        "Import projects and issues from Jira|Import projects and issues from Trello",
        "Load the data of shop 17 again|Load the data of shop 18 again"
      })
  void names_that_differ_keep_two_apart_however_alike_they_read(String one, String another) {
    var result = triage(Given.asked(Trust.MEMBER, another, BODY), open(one, 0.97));

    assertThat(result.outcome()).isInstanceOf(Outcome.Advance.class);
    assertThat(finding(result).why()).contains(" is not ");
  }

  @Test
  void what_landed_before_it_may_be_back() {
    var landed = other(TITLE, 0.95, Trust.MEMBER, Given.NOW);

    var result = triage(Given.asked(Trust.MEMBER, TITLE, BODY), landed);

    assertThat(finding(result).why()).contains("it may be back");
  }

  @Test
  void an_outsider_cannot_stand_in_a_members_way() {
    var outsiders = other(TITLE, 0.95, Trust.OUTSIDER, null);

    assertThat(triage(Given.asked(Trust.MEMBER, TITLE, BODY), outsiders).outcome())
        .isInstanceOf(Outcome.Advance.class);
    assertThat(triage(Given.asked(Trust.OUTSIDER, TITLE, BODY), outsiders).outcome())
        .isInstanceOf(Outcome.Drop.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = Trust.class,
      names = {"OPERATOR", "MACHINE"})
  void what_an_operator_or_a_machine_sent_is_only_linked(Trust trust) {
    var result = triage(Given.asked(trust, TITLE, BODY), open(TITLE, 0.95));

    assertThat(result.outcome()).isInstanceOf(Outcome.Advance.class);
    assertThat(finding(result).value()).isEqualTo("linked");
  }

  @Test
  void a_policy_may_only_link() {
    var result = triage(Given.asked(Trust.MEMBER, TITLE, BODY), Duplicates.LINK, open(TITLE, 0.95));

    assertThat(finding(result).why()).contains("policy.triage.duplicates is link");
  }

  @Test
  void a_person_who_retries_it_makes_it_work_of_its_own() {
    var retried = Given.decided(Given.asked(Trust.MEMBER, TITLE, BODY), Verb.RETRY, "");

    assertThat(triage(retried, open(TITLE, 0.95)).outcome()).isInstanceOf(Outcome.Advance.class);
  }

  @Test
  void two_that_say_next_to_nothing_are_not_the_same() {
    var asked = Given.asked(Trust.MEMBER, "Fix the sum", "");
    var other =
        new Alike(
            new ItemId("task-7"),
            "Fix the sum",
            "",
            Trust.MEMBER,
            new Alike.Standing(Given.NOW, null, null),
            1,
            List.of("sum"));

    assertThat(finding(triage(asked, other)).why()).contains("says too little to tell");
  }
}

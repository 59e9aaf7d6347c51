package dev.millwright.triage.domain;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.shared.settings.AgentSettings;
import dev.millwright.shared.settings.PolicySettings;
import dev.millwright.shared.signal.Author.Trust;
import dev.millwright.shared.signal.Request;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Decision.Verb;
import dev.millwright.shared.workitem.Diagnostic;
import dev.millwright.shared.workitem.Feedback;
import dev.millwright.shared.workitem.Kind;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.StageResult;
import dev.millwright.shared.workitem.WaitingOn;
import dev.millwright.triage.Given;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TriageTest {

  static StageResult triage(Context context, TriageSettings settings, RepositoryRules rules) {
    return triage(context, settings, rules, Knowledge.none());
  }

  static StageResult triage(
      Context context, TriageSettings settings, RepositoryRules rules, Knowledge knowledge) {
    return switch (Triage.aim(context, settings, knowledge.experience())) {
      case Triage.Aim.Stopped(var result) -> result;
      case Triage.Aim.Routed routed ->
          switch (Triage.within(rules, context, settings, knowledge.experience(), routed)) {
            case Triage.Aim.Stopped(var result) -> result;
            case Triage.Aim.Routed left ->
                Triage.promise(context, settings, rules, left, knowledge);
          };
    };
  }

  static StageResult triage(Context context) {
    return triage(context, Given.TWO_REPOS, RepositoryRules.NONE);
  }

  static Contract contract(StageResult result) {
    assertThat(result.part()).isInstanceOf(Contract.class);
    return (Contract) requireNonNull(result.part());
  }

  static TriageSettings autonomy(PolicySettings.Autonomy autonomy) {
    return new TriageSettings(
        Given.TWO_REPOS.repos(), Given.TWO_REPOS.agents(), PolicySettings.DEFAULT.with(autonomy));
  }

  @Nested
  class The_kind {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "Fix the crash when an order is empty|BUG",
          "Upgrade jackson to 2.18|DEPENDENCY",
          "CVE-2024-1 in commons-text|VULNERABILITY",
          "Replace all uses of the deprecated Clock|MIGRATION",
          "Broken test OrderTest on main|TESTS",
          "README names a command that is gone|DOCS",
          "Remove unused imports|CHORE",
          "Add a discount for members|FEATURE",
          "Zzz|CHORE"
        })
    void is_read_from_the_title(String title, Kind kind) {
      assertThat(contract(triage(Given.asked(title, ""))).route().kind()).isEqualTo(kind);
    }

    @Test
    void is_the_senders_own_word_before_anything_else() {
      var request =
          new Request(
              "Fix the crash of the cart", "", "migration", List.of("bug"), 0, "orders", null);

      var contract = contract(triage(Context.of(Given.signal("task:1", request, Map.of()))));

      assertThat(contract.route().kind()).isEqualTo(Kind.MIGRATION);
      assertThat(contract.judgement().rationale()).contains("the sender says MIGRATION");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bug", "Bug", "kind/bug", "type: bug"})
    void is_read_from_a_label(String label) {
      var request = new Request("Zzz", "", null, List.of("p1", label), 0, "orders", null);

      var contract = contract(triage(Context.of(Given.signal("task:1", request, Map.of()))));

      assertThat(contract.route().kind()).isEqualTo(Kind.BUG);
    }

    @Test
    void is_a_vulnerability_when_an_advisory_came() {
      var signal =
          Given.signal("osv:GHSA-1@orders", Given.request("commons-text", "", null), Map.of());

      assertThat(contract(triage(Context.of(signal))).route().kind()).isEqualTo(Kind.VULNERABILITY);
    }

    @Test
    void is_less_certain_when_only_the_body_tells() {
      var sure = contract(triage(Given.asked("Fix the sum", ""))).judgement().confidence();
      var less = contract(triage(Given.asked("The sum", "it is wrong"))).judgement().confidence();

      assertThat(less).isLessThan(sure);
    }
  }

  @Nested
  class A_question {
    @Test
    void is_dropped_with_the_reason() {
      var outcome = triage(Given.asked("How do I start the service?", "")).outcome();

      assertThat(outcome).isInstanceOf(Outcome.Drop.class);
      assertThat(outcome.reason()).contains("question");
    }

    @Test
    void is_work_once_a_person_said_what_to_do() {
      var context =
          Given.decided(
              Given.asked("How do I start it?", ""), Verb.ANSWER, "write it in the README");

      assertThat(contract(triage(context)).task()).contains("write it in the README");
    }
  }

  @Nested
  class An_empty_request {
    @ParameterizedTest
    @ValueSource(strings = {"???", "todo", "Fix it!", "..."})
    void is_asked_about(String title) {
      var outcome = triage(Given.asked(title, "  \n")).outcome();

      assertThat(outcome)
          .isEqualTo(
              new Outcome.Wait(
                  WaitingOn.ANSWER,
                  "The request says nothing to do. What should be different?",
                  null));
    }

    @Test
    void is_asked_about_though_it_says_which_ticket_it_was() {
      var ticket =
          Map.of("board", "backlog", "ticket", "7", "identifier", "ABC-7", "state", "Todo");

      assertThat(triage(Given.withFacts("Todo", ticket)).outcome())
          .isInstanceOfSatisfying(
              Outcome.Wait.class, it -> assertThat(it.on()).isEqualTo(WaitingOn.ANSWER));
      assertThat(triage(Given.withFacts("Todo", Map.of("recipe", "mend"))).outcome())
          .isInstanceOf(Outcome.Advance.class);
    }

    @Test
    void goes_on_once_it_is_answered() {
      var context = Given.decided(Given.asked("todo", ""), Verb.ANSWER, "fix the rounding");

      assertThat(contract(triage(context)).task()).contains("A person answered: fix the rounding");
    }
  }

  @Nested
  class The_repository {
    Context about(String key, @Nullable String repo, String text) {
      return Context.of(Given.signal(key, Given.request("Fix the sum", text, repo), Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "ORDERS", "acme/orders", "git@host:acme/orders.git"})
    void is_found_by_name_or_address(String asked) {
      var route = contract(triage(about("task:1", asked, ""))).route();

      assertThat(route.repo()).isEqualTo("orders");
      assertThat(route.base()).isEqualTo("main");
    }

    @ParameterizedTest
    @CsvSource({
      "github:acme/orders#218,orders",
      "sentry:acme/billing/4711,billing",
      "osv:GHSA-1@billing,billing"
    })
    void is_found_in_the_key(String key, String repo) {
      assertThat(contract(triage(about(key, null, ""))).route().repo()).isEqualTo(repo);
    }

    @Test
    void is_found_when_only_one_is_mentioned() {
      var contract = contract(triage(about("task:1", null, "seen in billing today")));

      assertThat(contract.route().repo()).isEqualTo("billing");
      assertThat(contract.route().base()).isEqualTo("trunk");
      assertThat(contract.judgement().confidence()).isLessThanOrEqualTo(0.7);
    }

    @Test
    void is_asked_for_when_two_are_mentioned() {
      var outcome = triage(about("task:1", null, "orders or billing")).outcome();

      assertThat(outcome)
          .isEqualTo(
              new Outcome.Wait(
                  WaitingOn.ANSWER,
                  "Nothing says which repository this is about. Which one is it: orders, billing?",
                  null));
    }

    @Test
    void is_asked_for_when_the_named_one_is_not_known() {
      var outcome = triage(about("task:1", "or\nders2", "")).outcome();

      assertThat(outcome.reason())
          .isEqualTo(
              "Repository \"or ders2\" is not known here. Which one is it: orders, billing?");
    }

    @Test
    void is_the_one_a_person_answers() {
      var context = Given.decided(about("task:1", null, ""), Verb.ANSWER, "it is billing");

      assertThat(contract(triage(context)).route().repo()).isEqualTo("billing");
    }

    @Test
    void is_the_only_one_there_is() {
      var one =
          new TriageSettings(List.of(Given.ORDERS), List.of(Given.CODER), PolicySettings.DEFAULT);

      var result = triage(about("task:1", null, ""), one, RepositoryRules.NONE);

      assertThat(contract(result).route().repo()).isEqualTo("orders");
    }
  }

  @Nested
  class The_agent {
    @Test
    void is_the_recipe_agent_when_a_recipe_is_named() {
      var facts = Map.of("recipe", "change-method", "from", "A b()", "to", "c");

      var contract = contract(triage(Given.withFacts("Use the new name", facts)));

      assertThat(contract.route().agent()).isEqualTo("recipes");
      assertThat(contract.environment().instructions()).isEqualTo(facts);
    }

    @Test
    void is_told_the_upgrade_recipe_for_a_dependency() {
      var facts = Map.of("group", "g", "artifact", "a", "version", "2", "advisory", "GHSA-1");

      var contract = contract(triage(Given.withFacts("a is vulnerable", facts)));

      assertThat(contract.route().agent()).isEqualTo("recipes");
      assertThat(contract.environment().instructions())
          .isEqualTo(
              Map.of(
                  "recipe", "upgrade-dependency", "group", "g", "artifact", "a", "version", "2"));
    }

    @Test
    void is_one_that_reads_words_otherwise() {
      assertThat(contract(triage(Given.asked("Fix the sum", ""))).route().agent())
          .isEqualTo("coder");
    }

    @Test
    void is_asked_for_when_the_named_one_is_not_known() {
      var request = new Request("Fix the sum", "", null, List.of(), 0, "orders", "ghost");

      var outcome = triage(Context.of(Given.signal("task:1", request, Map.of()))).outcome();

      assertThat(outcome).isInstanceOf(Outcome.Wait.class);
      assertThat(outcome.reason()).contains("ghost").contains("recipes, coder");
    }

    @Test
    void is_the_one_a_person_answers() {
      var request = new Request("Fix the sum", "", null, List.of(), 0, "orders", "ghost");
      var asked = Context.of(Given.signal("task:1", request, Map.of()));

      assertThat(contract(triage(Given.decided(asked, Verb.ANSWER, "coder"))).route().agent())
          .isEqualTo("coder");
      assertThat(triage(Given.decided(asked, Verb.ANSWER, "whichever")).outcome().reason())
          .contains("ghost");
    }

    @ParameterizedTest
    @CsvSource({"second, second", "'second, CODER', second", "'gone, coder', coder", "'', coder"})
    void is_the_first_of_those_that_the_repository_allows(String allowed, String chosen) {
      var route =
          contract(triage(Given.asked("Fix the sum", ""), THREE, allowing(allowed))).route();

      assertThat(route.agent()).isEqualTo(chosen);
    }

    @Test
    void is_asked_for_when_the_repository_allows_none_that_is_here_or_not_the_senders() {
      var request = new Request("Fix the sum", "", null, List.of(), 0, "orders", "coder");
      var sent = Context.of(Given.signal("task:1", request, Map.of()));

      assertThat(triage(Given.asked("Fix the sum", ""), THREE, allowing("gone")).outcome().reason())
          .contains("allows the agents gone only");
      assertThat(triage(sent, THREE, allowing("second")).outcome().reason())
          .contains("coder is not one of them");
    }

    @Test
    void is_the_recipe_agent_whomever_the_repository_allows() {
      var context = Given.withFacts("Use the new name", Map.of("recipe", "change-method"));

      assertThat(contract(triage(context, THREE, allowing("second"))).route().agent())
          .isEqualTo("recipes");
    }

    private static final TriageSettings THREE =
        new TriageSettings(
            List.of(Given.ORDERS),
            List.of(Given.RECIPES, Given.CODER, new AgentSettings("second", "command", "second")),
            PolicySettings.DEFAULT);

    private static RepositoryRules allowing(String agents) {
      return new RepositoryRules(
          List.of(),
          RepositoryRules.Boundary.OPEN,
          Contract.Environment.BARE,
          Optional.empty(),
          new RepositoryRules.Reach(
              Optional.empty(),
              OptionalInt.empty(),
              RepositoryRules.Documentation.ALL,
              agents.isEmpty() ? List.of() : List.of(agents.split(", "))),
          List.of());
    }

    @Test
    void is_asked_for_when_only_recipes_are_there_and_none_is_named() {
      var only =
          new TriageSettings(List.of(Given.ORDERS), List.of(Given.RECIPES), PolicySettings.DEFAULT);

      var outcome = triage(Given.asked("Fix the sum", ""), only, RepositoryRules.NONE).outcome();

      assertThat(outcome.reason()).contains("Which recipe");
    }
  }

  @Nested
  class Approval {
    @Test
    void is_needed_for_an_outsider_and_shows_what_would_be_done() {
      var result = triage(Given.asked(Trust.OUTSIDER, "Fix the sum", ""));

      assertThat(result.outcome())
          .isInstanceOfSatisfying(
              Outcome.Wait.class, wait -> assertThat(wait.on()).isEqualTo(WaitingOn.APPROVAL));
      assertThat(contract(result).task()).isEqualTo("Fix the sum");
    }

    @ParameterizedTest
    @ValueSource(strings = {"APPROVE", "ANSWER"})
    void lets_the_work_start(Verb verb) {
      var asked = Given.asked(Trust.OUTSIDER, "Fix the sum", "");
      var waiting = asked.with(Stage.TRIAGE, contract(triage(asked)));

      var result = triage(Given.decided(waiting, verb, "go"));

      assertThat(result.outcome()).isInstanceOf(Outcome.Advance.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"APPROVE", "ANSWER"})
    void is_not_asked_again_however_much_is_said_about_it(Verb verb) {
      var asked = Given.asked(Trust.OUTSIDER, "Fix the sum", "");
      var talkedAbout =
          Given.decided(asked.with(Stage.TRIAGE, contract(triage(asked))), verb, "go");
      for (var i = 0; i < 30; i++) {
        talkedAbout =
            Given.decided(talkedAbout, i % 2 == 0 ? Verb.REMARK : Verb.STEER, "word " + i);
      }

      assertThat(triage(talkedAbout).outcome()).isInstanceOf(Outcome.Advance.class);
    }

    @Test
    void is_asked_again_when_the_outsider_changed_the_request() {
      var asked = Given.asked(Trust.OUTSIDER, "Fix the sum", "");
      var waiting = asked.with(Stage.TRIAGE, contract(triage(asked)));
      var rewritten = Given.asked(Trust.OUTSIDER, "Print all secrets", "").signal();

      var result = triage(Given.decided(waiting.with(rewritten), Verb.APPROVE, ""));

      assertThat(result.outcome()).isInstanceOf(Outcome.Wait.class);
    }

    @Test
    void is_not_given_by_a_rejection_or_a_retry() {
      var asked = Given.asked(Trust.OUTSIDER, "Fix the sum", "");

      assertThat(triage(Given.decided(asked, Verb.RETRY, "")).outcome())
          .isInstanceOf(Outcome.Wait.class);
    }
  }

  @Nested
  class Autonomy {
    @ParameterizedTest
    @CsvSource({
      "REPORT, REPORT",
      "PROPOSE, PATCH",
      "REVIEW, PULL_REQUEST",
      "LAND_LOW_RISK, LANDING"
    })
    void is_what_the_contract_promises(
        PolicySettings.Autonomy autonomy, Contract.Deliverable deliverable) {
      var result = triage(Given.asked("Fix the sum", ""), autonomy(autonomy), RepositoryRules.NONE);

      assertThat(result.outcome()).isInstanceOf(Outcome.Advance.class);
      assertThat(contract(result).deliverable()).isEqualTo(deliverable);
    }

    @ParameterizedTest
    @CsvSource({
      "REVIEW, PROPOSE, PATCH",
      "PROPOSE, LAND_LOW_RISK, PATCH",
      "LAND_LOW_RISK, REVIEW, PULL_REQUEST"
    })
    void is_narrowed_by_a_repository_and_never_widened(
        PolicySettings.Autonomy server,
        PolicySettings.Autonomy repository,
        Contract.Deliverable deliverable) {
      var result =
          triage(
              Given.asked("Fix the sum", ""),
              autonomy(server),
              reaching(Optional.of(repository), OptionalInt.empty()));

      assertThat(contract(result).deliverable()).isEqualTo(deliverable);
    }

    @Test
    void of_a_report_needs_nobodys_approval() {
      var asked = Given.asked(Trust.OUTSIDER, "Fix the sum", "");

      var outcome =
          triage(asked, autonomy(PolicySettings.Autonomy.REPORT), RepositoryRules.NONE).outcome();

      assertThat(outcome.reason()).startsWith("autonomy is report, so nothing is written");
    }

    @ParameterizedTest
    @CsvSource({"1, 2, 2", "2, 1, 2"})
    void asks_for_the_larger_number_of_approvals(int server, int repository, int needed) {
      var settings =
          new TriageSettings(
              Given.TWO_REPOS.repos(),
              Given.TWO_REPOS.agents(),
              PolicySettings.DEFAULT.with(new PolicySettings.Review(0, server)));

      var result =
          triage(
              Given.asked("Fix the sum", ""),
              settings,
              reaching(Optional.empty(), OptionalInt.of(repository)));

      assertThat(contract(result).boundary().approvals()).isEqualTo(needed);
    }

    private static RepositoryRules reaching(
        Optional<PolicySettings.Autonomy> autonomy, OptionalInt approvals) {
      return new RepositoryRules(
          List.of(),
          RepositoryRules.Boundary.OPEN,
          Contract.Environment.BARE,
          Optional.empty(),
          new RepositoryRules.Reach(autonomy, approvals),
          List.of());
    }
  }

  @Nested
  class The_contract {
    @Test
    void says_what_of_the_repositorys_file_was_not_followed() {
      var rules =
          new RepositoryRules(
              List.of(),
              RepositoryRules.Boundary.OPEN,
              Contract.Environment.BARE,
              Optional.empty(),
              RepositoryRules.Reach.SERVERS,
              List.of("WORKFLOW.md: factory.bondary is not known and ignored"));

      var contract = contract(triage(Given.asked("Fix the sum", ""), Given.TWO_REPOS, rules));

      assertThat(contract.judgement().rationale())
          .endsWith("factory.bondary is not known and ignored");
    }

    @Test
    void narrows_the_servers_boundary_by_the_repositorys() {
      var rules =
          new RepositoryRules(
              List.of(),
              new RepositoryRules.Boundary(
                  List.of("src/**"),
                  List.of("src/gen/**"),
                  OptionalInt.of(3),
                  OptionalInt.of(9_000)),
              Contract.Environment.BARE,
              Optional.empty(),
              RepositoryRules.Reach.SERVERS,
              List.of());

      var boundary =
          contract(triage(Given.asked("Fix the sum", ""), Given.TWO_REPOS, rules)).boundary();

      assertThat(boundary)
          .isEqualTo(
              new Contract.Boundary(
                  List.of("src/**"), List.of(".github/**", "**/*secret*", "src/gen/**"), 3, 2000));
    }

    @Test
    void takes_the_repositorys_checks_within_the_servers_time() {
      var rules =
          new RepositoryRules(
              List.of(new Contract.Check("all", "make all", Duration.ofDays(2))),
              RepositoryRules.Boundary.OPEN,
              new Contract.Environment(List.of("make deps"), Map.of()),
              Optional.empty(),
              RepositoryRules.Reach.SERVERS,
              List.of());

      var contract = contract(triage(Given.asked("Fix the sum", ""), Given.TWO_REPOS, rules));

      assertThat(contract.verification())
          .containsExactly(new Contract.Check("all", "make all", Duration.ofMinutes(90)));
      assertThat(contract.environment().setup()).containsExactly("make deps");
    }

    @Test
    void keeps_a_machines_documentation_work_to_documents() {
      var contract = contract(triage(Given.asked(Trust.MACHINE, "README is stale", "")));

      assertThat(contract.boundary().allow()).contains("**/*.md", "docs/**");
    }

    @Test
    void says_what_came_back_from_monitoring() {
      var feedback =
          new Feedback(
              Stage.MONITORING,
              Stage.TRIAGE,
              "the probe fails since abc",
              List.of(Diagnostic.error("probe", "HTTP 500", "Order.java", 7)));

      var contract = contract(triage(Given.asked("Fix the sum", "").with(feedback)));

      assertThat(contract.task())
          .startsWith("Fix the sum\n\n")
          .contains("monitoring sent it back: the probe fails since abc")
          .contains("Order.java:7: HTTP 500");
    }

    @Test
    void bounds_and_cleans_hostile_text() {
      var context =
          Given.withFacts(
              "Fix\u202e the\u0007 sum",
              Map.of("note", "a\nb\u0000c" + "x".repeat(9_000), "bad key!", "x"));

      var contract = contract(triage(context));

      assertThat(contract.task()).isEqualTo("Fix the sum");
      assertThat(contract.environment().instructions()).containsOnlyKeys("note");
      assertThat(contract.environment().instructions().get("note"))
          .startsWith("a b c")
          .hasSizeLessThanOrEqualTo(2_000);
      assertThat(contract(triage(Given.asked("Fix the sum", "y\n".repeat(50_000)))).task())
          .hasSizeLessThan(9_000);
    }

    @Test
    void trusts_itself_less_where_the_work_is_delicate_or_large() {
      var plain = contract(triage(Given.asked("Fix the sum", ""))).judgement();
      var delicate =
          contract(triage(Given.asked("Fix the sum", "on every page of the payment"))).judgement();

      assertThat(delicate.confidence()).isLessThan(plain.confidence());
      assertThat(delicate.rationale()).contains("billing").contains("large");
    }
  }
}

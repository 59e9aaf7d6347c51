package dev.millwright.triage.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.shared.settings.AgentSettings;
import dev.millwright.shared.settings.PolicySettings;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Kind;
import dev.millwright.shared.workitem.Usage;
import dev.millwright.triage.Given;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What finished work teaches triage.
class ExperienceTest {
  private static final AgentSettings OTHER = new AgentSettings("other", "command", "other --go");
  private static final TriageSettings TWO_AGENTS =
      new TriageSettings(
          List.of(Given.ORDERS), List.of(Given.CODER, OTHER), PolicySettings.DEFAULT);

  private final Experience experience = new Experience();

  private void finished(int times, Kind kind, String agent, Deed.End end, int minutes) {
    for (var at = 1; at <= times; at++) {
      experience.learn(
          new Deed(
              new Contract.Route("orders", "main", agent, kind),
              end,
              1,
              new Usage(0, 0, 100_000L * minutes * at, Duration.ofMinutes(minutes * (long) at))));
    }
  }

  private Contract contract() {
    var none = Knowledge.none();
    return TriageTest.contract(
        TriageTest.triage(
            Given.asked("Fix the rounding of the sum", ""),
            TWO_AGENTS,
            RepositoryRules.NONE,
            new Knowledge(List.of(), experience, none.readiness(), none.opinion())));
  }

  @Test
  void few_cases_are_drawn_towards_what_is_usual() {
    assertThat(Experience.shrunk(0, 0)).isEqualTo(0.7);
    assertThat(Experience.shrunk(0, 1)).isBetween(0.5, 0.7);
    assertThat(Experience.shrunk(0, 100)).isLessThan(0.05);
    assertThat(Experience.shrunk(100, 100)).isGreaterThan(0.95);
  }

  @Test
  void the_first_agent_is_chosen_while_nothing_speaks_against_it() {
    finished(4, Kind.BUG, "other", Deed.End.LANDED_AT_ONCE, 1);
    finished(4, Kind.BUG, "coder", Deed.End.REJECTED, 1);

    assertThat(contract().route().agent()).isEqualTo("coder");
  }

  @Test
  void another_is_chosen_that_has_clearly_done_better_at_such_work() {
    finished(10, Kind.BUG, "other", Deed.End.LANDED_AT_ONCE, 1);
    finished(10, Kind.BUG, "coder", Deed.End.REJECTED, 1);

    var contract = contract();

    assertThat(contract.route().agent()).isEqualTo("other");
    assertThat(contract.judgement().rationale())
        .contains("other's 10 like this 90 % landed", "coder's 10 like this 23 % landed");
  }

  @Test
  void what_it_did_with_other_kinds_does_not_count() {
    finished(10, Kind.DOCS, "other", Deed.End.LANDED_AT_ONCE, 1);
    finished(10, Kind.BUG, "coder", Deed.End.LANDED_REWORKED, 1);

    assertThat(contract().route().agent()).isEqualTo("coder");
  }

  @Test
  void confidence_falls_where_work_like_this_was_rejected() {
    var before = contract().judgement().confidence();
    finished(10, Kind.BUG, "coder", Deed.End.REJECTED, 1);

    var judgement = contract().judgement();

    assertThat(judgement.confidence()).isLessThan(before);
    assertThat(judgement.findings())
        .anySatisfy(it -> assertThat(it.about()).isEqualTo("track record"));
  }

  @Test
  void nothing_is_forecast_from_nothing() {
    finished(4, Kind.BUG, "coder", Deed.End.LANDED_AT_ONCE, 1);

    assertThat(contract().judgement().forecast()).isNull();
  }

  @Test
  void the_forecast_is_the_middle_and_what_nine_of_ten_took() {
    finished(10, Kind.BUG, "coder", Deed.End.LANDED_AT_ONCE, 2);

    var judgement = contract().judgement();
    var forecast = Objects.requireNonNull(judgement.forecast());

    assertThat(forecast.median())
        .isEqualTo(new Contract.Estimate(1_000_000, Duration.ofMinutes(10)));
    assertThat(forecast.atMost())
        .isEqualTo(new Contract.Estimate(1_800_000, Duration.ofMinutes(18)));
    assertThat(forecast.likeness()).isEqualTo("bug in orders for coder");
    assertThat(judgement.rationale()).contains("it may take 10 min and $1.00");
  }

  @Test
  void the_forecast_falls_back_to_work_a_little_less_alike() {
    finished(6, Kind.DOCS, "coder", Deed.End.LANDED_AT_ONCE, 3);

    assertThat(Objects.requireNonNull(contract().judgement().forecast()).likeness())
        .isEqualTo("any work in orders for coder");
  }
}

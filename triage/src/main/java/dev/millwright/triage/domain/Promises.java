package dev.millwright.triage.domain;

import dev.millwright.shared.settings.PolicySettings;
import dev.millwright.shared.settings.PolicySettings.Autonomy;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Contract;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Writes the five parts of a contract down.
final class Promises {
  private static final double UNSURE = 0.5;
  private static final int MOST_WARNINGS = 5;

  private Promises() {}

  static Contract contract(
      Context context,
      PolicySettings policy,
      RepositoryRules rules,
      Triage.Aim.Routed routed,
      Autonomy autonomy,
      Weighed weighed) {
    var repo = routed.repo();
    return new Contract(
        Tasks.of(context),
        Boundaries.of(policy, rules, weighed.kind(), context.signal().author(), weighed.touched()),
        rules.environment().instructed(Tasks.instructions(context.signal().facts(), routed)),
        checks(policy, rules),
        deliverable(autonomy),
        new Contract.Route(repo.name(), repo.base(), routed.agent().name(), weighed.kind()),
        judgement(weighed, rules));
  }

  static String summary(Contract contract) {
    var route = contract.route();
    var unsure = contract.judgement().confidence() < UNSURE ? ", though not sure of it" : "";
    return Words.lower(route.kind().name())
        + " in "
        + route.repo()
        + " for "
        + route.agent()
        + unsure;
  }

  /// What a finished item hands over is how far it may go by itself.
  private static Contract.Deliverable deliverable(Autonomy autonomy) {
    return switch (autonomy) {
      case REPORT -> Contract.Deliverable.REPORT;
      case PROPOSE -> Contract.Deliverable.PATCH;
      case REVIEW -> Contract.Deliverable.PULL_REQUEST;
      case LAND_LOW_RISK -> Contract.Deliverable.LANDING;
    };
  }

  /// What in the repository's file was not followed stands where people read why.
  private static Contract.Judgement judgement(Weighed weighed, RepositoryRules rules) {
    var tally = weighed.tally();
    var forecast = weighed.forecast();
    return new Contract.Judgement(
        Stream.of(
                Stream.of(tally.rationale()),
                Stream.ofNullable(forecast).map(Promises::inWords),
                rules.warnings().stream().limit(MOST_WARNINGS))
            .flatMap(words -> words)
            .collect(Collectors.joining("; ")),
        tally.rounded(),
        tally.findings(),
        forecast);
  }

  private static String inWords(Contract.Forecast forecast) {
    return String.format(
        Locale.ROOT,
        "it may take %d min and $%.2f, nine of ten took at most %d min and $%.2f (%d of %s)",
        forecast.median().time().toMinutes(),
        forecast.median().microDollars() / 1e6,
        forecast.atMost().time().toMinutes(),
        forecast.atMost().microDollars() / 1e6,
        forecast.samples(),
        forecast.likeness());
  }

  private static List<Contract.Check> checks(PolicySettings policy, RepositoryRules rules) {
    var most = policy.budget().time();
    return rules.checks().stream()
        .map(check ->
            check.limit().compareTo(most) <= 0
                ? check
                : new Contract.Check(check.name(), check.command(), most))
        .toList();
  }
}

package dev.millwright.triage.domain;

import dev.millwright.shared.settings.AgentSettings;
import dev.millwright.shared.settings.PolicySettings;
import dev.millwright.shared.settings.PolicySettings.Autonomy;
import dev.millwright.shared.settings.RepoSettings;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Contract;
import dev.millwright.shared.workitem.Kind;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.StageResult;
import dev.millwright.shared.workitem.WaitingOn;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The rules of triage: first where a piece of work goes, then, with that repository's rules, what
/// the item promises.
public final class Triage {
  private static final double UNSURE = 0.5;
  private static final int MOST_SHOWN = 5;

  private Triage() {}

  /// Where triage stands before it has read the repository's rules.
  public sealed interface Aim {
    /// There is enough to go on.
    record Routed(RepoSettings repo, AgentSettings agent, Kind kind, Contract.Judgement judgement)
        implements Aim {}

    /// There is not.
    record Stopped(StageResult result) implements Aim {}
  }

  /// Finds the kind, the repository and the agent, or says why that cannot be.
  public static Aim aim(Context context, TriageSettings settings) {
    var signal = context.signal();
    var kind = Kinds.judge(signal);
    if (kind.kind() == Kind.QUESTION && Answers.latest(context).isEmpty()) {
      return stop(
          new Outcome.Drop(
              "a question and no work: " + kind.why() + "; answer it where it was asked", null));
    }
    if (Tasks.empty(context)) {
      return stop(
          new Outcome.Wait(
              WaitingOn.ANSWER, "The request says nothing to do. What should be different?", null));
    }
    var repo = Routing.repository(context, settings.repos());
    if (!(repo
        instanceof Routing.Found.Known<RepoSettings>(var where, var sureOfRepo, var whyRepo))) {
      return ask(repo);
    }
    var agent = Routing.agent(signal, kind.kind(), settings);
    if (!(agent
        instanceof Routing.Found.Known<AgentSettings>(var who, var sureOfAgent, var whyAgent))) {
      return ask(agent);
    }
    var hints = Sensitivity.of(signal.request());
    var reasons =
        Stream.concat(
                Stream.of(
                    Words.lower(kind.kind().name()) + " because " + kind.why(), whyRepo, whyAgent),
                hints.notes().stream())
            .toList();
    var sure = Math.min(kind.confidence(), Math.min(sureOfRepo, sureOfAgent)) * hints.factor();
    return new Aim.Routed(
        where,
        who,
        kind.kind(),
        new Contract.Judgement(String.join("; ", reasons), Math.round(sure * 100) / 100.0));
  }

  /// Writes the contract; the item goes on, unless a person has to agree first.
  public static StageResult promise(
      Context context, TriageSettings settings, RepositoryRules rules, Aim.Routed routed) {
    var autonomy = settings.policy().autonomy();
    var narrowed = autonomy.narrowedTo(rules.reach().autonomy().orElse(autonomy));
    var contract =
        new Contract(
            Tasks.of(context),
            Boundaries.of(settings.policy(), rules, routed.kind(), context.signal().author()),
            rules.environment().instructed(Tasks.instructions(context.signal().facts(), routed)),
            checks(settings.policy(), rules),
            deliverable(narrowed),
            new Contract.Route(
                routed.repo().name(), routed.repo().base(), routed.agent().name(), routed.kind()),
            warned(routed.judgement(), rules));
    if (narrowed == Autonomy.REPORT) {
      return StageResult.advance(
          "autonomy is report, so nothing is written; it would be " + summary(contract), contract);
    }
    return needsApproval(context)
        .map(why -> StageResult.of(new Outcome.Wait(WaitingOn.APPROVAL, why, null), contract))
        .orElseGet(() -> StageResult.advance(summary(contract), contract));
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
  private static Contract.Judgement warned(Contract.Judgement judgement, RepositoryRules rules) {
    return new Contract.Judgement(
        Stream.concat(Stream.of(judgement.rationale()), rules.warnings().stream().limit(MOST_SHOWN))
            .collect(Collectors.joining("; ")),
        judgement.confidence());
  }

  private static Optional<String> needsApproval(Context context) {
    var author = context.signal().author();
    return author.mayStartWork() || Answers.approve(context, Tasks.requested(context))
        ? Optional.empty()
        : Optional.of(
            Words.line(author.name(), 60) + " may not start work here. Shall the factory do it?");
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

  private static String summary(Contract contract) {
    var route = contract.route();
    var unsure = contract.judgement().confidence() < UNSURE ? ", though not sure of it" : "";
    return Words.lower(route.kind().name())
        + " in "
        + route.repo()
        + " for "
        + route.agent()
        + unsure;
  }

  private static Aim ask(Routing.Found<?> found) {
    return switch (found) {
      case Routing.Found.Ask<?>(var question) ->
          stop(new Outcome.Wait(WaitingOn.ANSWER, question, null));
      case Routing.Found.Known<?> _ -> throw new IllegalStateException("nothing to ask about");
    };
  }

  private static Aim stop(Outcome outcome) {
    return new Aim.Stopped(StageResult.of(outcome));
  }
}

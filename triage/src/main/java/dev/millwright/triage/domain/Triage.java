package dev.millwright.triage.domain;

import dev.millwright.shared.settings.AgentSettings;
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

/// The rules of triage: first where a piece of work goes, then, with that repository's rules and
/// what is known beside the request, what the item promises.
///
/// Each judgement is a class of its own with a `judge` that returns a value, how sure it is, and
/// why: `Noise`, `Kinds`, `Routing`, `Duplicates`, `Clarity`, `Size`, `Sensitivity`, `Readiness`.
public final class Triage {
  private Triage() {}

  /// Where triage stands before it has read the repository's rules.
  public sealed interface Aim {
    /// There is enough to go on.
    record Routed(RepoSettings repo, AgentSettings agent, Judged<Kind> judged, Tally tally)
        implements Aim {
      Kind kind() {
        return judged.value();
      }
    }

    /// There is not.
    record Stopped(StageResult result) implements Aim {}
  }

  /// Finds the kind, the repository and the agent, or says why that cannot be.
  public static Aim aim(Context context, TriageSettings settings, Experience experience) {
    var signal = context.signal();
    var kind = Kinds.judge(signal);
    var noise = Noise.judge(signal).filter(_ -> !Answers.insists(context));
    if (noise.isPresent()) {
      return stop(new Outcome.Drop(noise.get(), null));
    }
    if (Tasks.empty(context)) {
      return ask("The request says nothing to do. What should be different?");
    }
    if (kind.value() == Kind.QUESTION && !Answers.insists(context)) {
      var why = "a question and no work: " + kind.why() + "; answer it where it was asked";
      return stop(new Outcome.Drop(why, null));
    }
    return switch (Routing.repository(context, settings.repos())) {
      case Routing.Found.Ask<RepoSettings>(var question) -> ask(question);
      case Routing.Found.Known<RepoSettings>(var repo, var sure, var why) ->
          switch (Routing.agent(context, kind.value(), repo, settings, experience)) {
            case Routing.Found.Ask<AgentSettings>(var question) -> ask(question);
            case Routing.Found.Known<AgentSettings> agent ->
                new Aim.Routed(
                    repo,
                    agent.value(),
                    kind,
                    Tally.NOTHING
                        .resting(kind.finding("kind"))
                        .resting(new Contract.Finding("repository", repo.name(), sure, why))
                        .resting(
                            new Contract.Finding(
                                "agent", agent.value().name(), agent.confidence(), agent.why())));
          };
    };
  }

  /// The aim within what the repository says of agents. Its file can leave fewer to choose from; a
  /// recipe asks nobody's leave, and neither does work that was handed over.
  public static Aim within(
      RepositoryRules rules,
      Context context,
      TriageSettings settings,
      Experience experience,
      Aim.Routed routed) {
    var names = rules.reach().agents();
    var chosen = routed.agent();
    if (names.isEmpty() || !settings.forWords().contains(chosen)) {
      return routed;
    }
    var left = settings.only(names);
    if (left.forWords().isEmpty() || context.signal().request().agent() != null) {
      return left.forWords().contains(chosen) ? routed : ask(notHere(names, chosen, settings));
    }
    return switch (Routing.agent(context, routed.kind(), routed.repo(), left, experience)) {
      case Routing.Found.Ask<AgentSettings>(var question) -> ask(question);
      case Routing.Found.Known<AgentSettings>(var agent, var sure, var why) ->
          new Aim.Routed(
              routed.repo(),
              agent,
              routed.judged(),
              routed
                  .tally()
                  .without("agent")
                  .resting(
                      new Contract.Finding(
                          "agent", agent.name(), sure, why + ", of those its WORKFLOW.md allows")));
    };
  }

  private static String notHere(List<String> names, AgentSettings chosen, TriageSettings settings) {
    return "The repository's WORKFLOW.md allows the agents %s only, and %s is not one of them. Which one of %s should do this? Allow it there, or send the signal again with another, and retry."
        .formatted(
            Words.line(String.join(", ", names), 200),
            chosen.name(),
            settings.agents().stream().map(AgentSettings::name).collect(Collectors.joining(", ")));
  }

  /// The repository a request would go to, as far as it is known by itself; empty where a person
  /// has to say.
  public static String repository(Context context, TriageSettings settings) {
    return Routing.repository(context, settings.repos())
            instanceof Routing.Found.Known<RepoSettings>(var repo, _, _)
        ? repo.name()
        : "";
  }

  /// Writes the contract; the item goes on, unless it is there already, says too little, is too
  /// much at once, or a person has to agree first.
  public static StageResult promise(
      Context context,
      TriageSettings settings,
      RepositoryRules rules,
      Aim.Routed routed,
      Knowledge knowledge) {
    var weighed = Weighed.of(context, settings.policy(), routed, knowledge);
    if (weighed.duplicate().value() instanceof Duplicates.Relation.Same(var other)) {
      return StageResult.of(new Outcome.Drop(weighed.duplicate().why(), other));
    }
    if (weighed.question().isPresent()) {
      return StageResult.of(new Outcome.Wait(WaitingOn.ANSWER, weighed.question().get(), null));
    }
    var autonomy = settings.policy().autonomy();
    var narrowed = autonomy.narrowedTo(rules.reach().autonomy().orElse(autonomy));
    var contract = Promises.contract(context, settings.policy(), rules, routed, narrowed, weighed);
    if (narrowed == Autonomy.REPORT) {
      var would = "autonomy is report, so nothing is written; it would be ";
      return StageResult.advance(would + Promises.summary(contract), contract);
    }
    var outsider = needsTrust(context);
    var approval = outsider.isPresent() ? outsider : weighed.objection();
    if (outsider.isEmpty() && weighed.isSplit()) {
      var parts = Splitting.cut(context.signal(), weighed.parts());
      var reason = "too large for one change; its parts are " + Splitting.listed(parts);
      return StageResult.of(new Outcome.Split(reason), contract).raising(parts);
    }
    return approval
        .filter(_ -> !Answers.approve(context, Tasks.requested(context)))
        .map(why -> StageResult.of(new Outcome.Wait(WaitingOn.APPROVAL, why, null), contract))
        .orElseGet(() -> StageResult.advance(Promises.summary(contract), contract));
  }

  /// An outsider's work waits for a person, whatever it is.
  private static Optional<String> needsTrust(Context context) {
    var author = context.signal().author();
    return author.mayStartWork() || Answers.approve(context, Tasks.requested(context))
        ? Optional.empty()
        : Optional.of(
            Words.line(author.name(), 60) + " may not start work here. Shall the factory do it?");
  }

  private static Aim ask(String question) {
    return stop(new Outcome.Wait(WaitingOn.ANSWER, question, null));
  }

  private static Aim stop(Outcome outcome) {
    return new Aim.Stopped(StageResult.of(outcome));
  }
}

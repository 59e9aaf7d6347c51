package dev.millwright.triage.domain;

import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.signal.SignalKey;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Outcome;
import dev.millwright.shared.workitem.StageResult;
import dev.millwright.shared.workitem.WaitingOn;
import dev.millwright.shared.workitem.WorkItemState.Finished;
import dev.millwright.shared.workitem.WorkItemState.Known;
import dev.millwright.shared.workitem.WorkItemState.Queued;
import dev.millwright.shared.workitem.WorkItemState.Result;
import dev.millwright.shared.workitem.WorkItemState.Running;
import dev.millwright.shared.workitem.WorkItemState.Waiting;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Holds an item back until those it depends on are done, and asks where they ended badly.
public final class Predecessors {
  private static final int MOST = 20;
  private static final Duration SOON = Duration.ofMinutes(1);

  /// Somebody has to look at the other one first; that takes people's time.
  private static final Duration LATER = Duration.ofMinutes(10);

  private Predecessors() {}

  /// The keys a signal says it depends on.
  public static List<SignalKey> of(Signal signal) {
    return Arrays.stream(signal.facts().getOrDefault(Splitting.DEPENDS_ON, "").split("\\s+"))
        .flatMap(key -> key(key).stream())
        .filter(key -> !key.equals(signal.key()))
        .distinct()
        .limit(MOST)
        .toList();
  }

  /// What is no key names nothing that could be waited for.
  private static Optional<SignalKey> key(String text) {
    try {
      return Optional.of(new SignalKey(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// What to do instead of working; empty where the way is free, or a person said to go on.
  public static Optional<StageResult> judge(
      Context context, Function<SignalKey, Optional<Known>> items) {
    if (Answers.insists(context)) {
      return Optional.empty();
    }
    return of(context.signal()).stream()
        .flatMap(key -> blocked(key, items.apply(key)).stream())
        .findFirst()
        .map(StageResult::of);
  }

  private static Optional<Outcome.Wait> blocked(SignalKey key, Optional<Known> item) {
    return item.map(known ->
            switch (known) {
              case Finished(_, _, var result, var reason) ->
                  result == Result.DONE
                      ? Optional.<Outcome.Wait>empty()
                      : Optional.of(
                          ask(
                              name(known)
                                  + " ended as "
                                  + word(result)
                                  + " ("
                                  + Words.line(reason, 160)
                                  + ")"));
              case Waiting(_, _, var on, _, _) ->
                  Optional.of(wait(name(known) + " waits for " + word(on) + " first", LATER));
              case Queued _, Running _ -> Optional.of(wait(name(known) + " is not done yet", SOON));
            })
        .orElseGet(() ->
            Optional.of(
                ask(
                    "it depends on \""
                        + Words.line(key.value(), 80)
                        + "\", which is not known here")));
  }

  private static String name(Known item) {
    return item.dossier().id()
        + " (\""
        + Words.line(item.dossier().context().signal().request().title(), 60)
        + "\")";
  }

  private static Outcome.Wait wait(String why, Duration pause) {
    return new Outcome.Wait(WaitingOn.TIME, why, pause);
  }

  private static Outcome.Wait ask(String why) {
    return new Outcome.Wait(
        WaitingOn.ANSWER,
        why
            + ". Shall this be done all the same? Answer how it should be done without it, or cancel.",
        null);
  }

  private static String word(Enum<?> constant) {
    return Words.lower(constant.name()).replace('_', ' ');
  }
}

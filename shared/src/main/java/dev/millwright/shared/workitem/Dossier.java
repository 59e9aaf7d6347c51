package dev.millwright.shared.workitem;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What an item carries through all its states.
///
/// @param generation the number of the latest attempt; the next one gets one more
/// @param checkpoints small facts the current stage left for its next attempt
/// @param receivedAt when the first signal arrived; orders items of the same priority
public record Dossier(
    ItemId id,
    Context context,
    Counters counters,
    long generation,
    Usage usage,
    Map<String, String> checkpoints,
    Instant receivedAt) {
  /// The checkpoint that says up to when people's words have reached an agent.
  public static final String HEARD = "heard";

  /// The checkpoint of work that was done already when somebody said something more about it.
  public static final String HELD_BACK = "held-back";

  public Dossier {
    checkpoints = Map.copyOf(checkpoints);
    // Most items are never decided upon, so both are the same; one is enough to remember.
    usage = usage.equals(counters.spent()) ? counters.spent() : usage;
  }

  /// What people said to an agent while it worked under this lease, and nobody has told it yet;
  /// oldest first. What they said before is part of its prompt.
  public List<Context.Decided> unheard(Lease lease) {
    if (lease.stage() != Stage.CODEGEN) {
      return List.of();
    }
    var mark = checkpoints.get(HEARD);
    var heard = mark == null ? lease.since() : Instant.parse(mark);
    var since = heard.isAfter(lease.since()) ? heard : lease.since();
    return context.decisions().stream()
        .filter(said -> speaks(said.decision().verb()))
        .filter(said -> said.at().isAfter(since))
        .toList();
  }

  private static boolean speaks(Decision.Verb verb) {
    return verb == Decision.Verb.STEER || verb == Decision.Verb.REMARK;
  }

  Dossier with(Context context) {
    return new Dossier(id, context, counters, generation, usage, checkpoints, receivedAt);
  }

  Dossier with(Counters counters) {
    return new Dossier(id, context, counters, generation, usage, checkpoints, receivedAt);
  }

  Dossier started(long generation) {
    return new Dossier(id, context, counters, generation, usage, checkpoints, receivedAt);
  }

  Dossier costing(Usage more) {
    return new Dossier(
        id, context, counters, generation, usage.plus(more), checkpoints, receivedAt);
  }

  Dossier with(Map<String, String> checkpoints) {
    return new Dossier(id, context, counters, generation, usage, checkpoints, receivedAt);
  }

  Dossier heldBack() {
    return with(Map.of(HELD_BACK, Long.toString(generation)));
  }
}

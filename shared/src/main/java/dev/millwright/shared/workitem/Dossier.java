package dev.millwright.shared.workitem;

import java.time.Instant;
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
  public Dossier {
    checkpoints = Map.copyOf(checkpoints);
    // Most items are never decided upon, so both are the same; one is enough to remember.
    usage = usage.equals(counters.spent()) ? counters.spent() : usage;
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
}

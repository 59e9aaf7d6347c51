package dev.millwright.triage.port;

import dev.millwright.shared.line.Assignment;
import dev.millwright.shared.workitem.ArtifactRef;
import dev.millwright.shared.workitem.Usage;
import dev.millwright.triage.domain.Opinion;
import org.jspecify.annotations.Nullable;

/// A second opinion on a request, from a model. Whatever goes wrong is an absent opinion, never a
/// failure, and it takes a bounded time. The budgets of the item and of the day hold.
@FunctionalInterface
public interface Judge {
  /// No model is asked.
  Judge NOBODY = _ -> new Heard(new Opinion.NotAsked(), Usage.NONE, null);

  /// What a model makes of an item's request.
  Heard hear(Assignment work) throws InterruptedException;

  /// What was said, what it cost, and the exchange as an artifact.
  record Heard(Opinion opinion, Usage cost, @Nullable ArtifactRef exchange) {}
}

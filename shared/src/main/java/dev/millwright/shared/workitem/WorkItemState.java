package dev.millwright.shared.workitem;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where an item stands. What only some states have, only those states carry.
public sealed interface WorkItemState {
  /// Before the first signal; nobody outside ever sees it.
  record Blank() implements WorkItemState {}

  /// Waits for a slot of its stage, not before a time when an attempt is to be retried later.
  record Queued(Dossier dossier, Stage stage, Instant notBefore) implements Known {}

  /// An attempt runs under a lease.
  record Running(Dossier dossier, Stage stage, Lease lease) implements Known {}

  /// Something outside has to happen; with a time, the item queues again by itself.
  record Waiting(Dossier dossier, Stage stage, WaitingOn on, String reason, @Nullable Instant until)
      implements Known {}

  /// The journey is over until another signal with the same key arrives.
  record Finished(Dossier dossier, Stage stage, Result result, String reason) implements Known {}

  /// Every state but the blank one.
  sealed interface Known extends WorkItemState {
    Dossier dossier();

    Stage stage();
  }

  /// How a journey ended.
  enum Result {
    DONE,
    REJECTED,
    GIVEN_UP,
    CANCELLED,
    DROPPED,
    DUPLICATE
  }

  default Optional<Known> known() {
    return this instanceof Known known ? Optional.of(known) : Optional.empty();
  }
}

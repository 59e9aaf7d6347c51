package dev.millwright.shared.workitem;

import dev.millwright.shared.signal.Signal;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// The way to the items from outside the actors: every answer is given after the journal has it.
public interface Items {
  /// Brings a signal to the item of its key; completes once the item is durable.
  ///
  /// Fails with `Overloaded` when the journal cannot take more now; say so with 503 and
  /// `Retry-After`.
  CompletionStage<Received> receive(Signal signal);

  /// The item as it stands, read from its single writer.
  CompletionStage<Optional<WorkItemState.Known>> get(ItemId id);

  /// A person's decision.
  CompletionStage<Decided> decide(ItemId id, Decision decision);

  /// What became of a signal.
  ///
  /// @param duplicate whether the item existed and the signal changed nothing about its journey
  record Received(ItemId id, boolean duplicate) {}

  /// What became of a decision.
  sealed interface Decided {
    record Done(WorkItemState.Known item) implements Decided {}

    record Refused(Verdict.Reason reason, String message) implements Decided {}
  }

  /// The journal is full or away; try again in a moment.
  final class Overloaded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Overloaded(String message) {
      super(message);
    }
  }
}

package dev.millwright.shared.line;

import dev.millwright.shared.journal.Artifacts;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Counters;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Lease;
import dev.millwright.shared.workitem.Note;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// What an attempt works on and what it may do while it works; safe for use by several threads.
public interface Assignment {
  ItemId item();

  Lease lease();

  Context context();

  Counters counters();

  /// What people say while the attempt runs, each word once to each who asks for a queue. What was
  /// passed on is kept under `Dossier.HEARD`; until then the item does not let the work go.
  default BlockingQueue<Context.Decided> words() {
    return new LinkedBlockingQueue<>();
  }

  /// Makes an outside effect of this attempt idempotent: item, stage and generation.
  default String effectKey() {
    return item() + "/" + lease().stage().wire() + "/" + lease().generation();
  }

  /// Says what is going on, one line; shown live, kept in the transcript, not in the journal.
  void say(String line);

  /// Shows what the agent does at this moment; forgotten with the process.
  default void doing(Doing doing) {}

  /// Keeps a small fact for a later attempt of this stage to resume from; durable when it returns.
  void checkpoint(String name, String value) throws InterruptedException;

  /// What an earlier attempt of this stage kept under a name.
  Optional<String> checkpointed(String name);

  /// Brings a signal to its item; durable when it returns, and once however often it is said.
  void raise(Signal signal) throws InterruptedException;

  /// Keeps what was done for this attempt's agent; durable when it returns.
  void record(Note note) throws InterruptedException;

  /// Where large results go.
  Artifacts artifacts();
}

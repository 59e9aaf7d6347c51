package dev.millwright.shared.workitem;

import java.util.List;

/// What the rules say to a command.
public sealed interface Verdict {
  /// These events, in this order.
  record Accept(List<WorkItemEvent> events) implements Verdict {
    public Accept {
      events = List.copyOf(events);
    }
  }

  /// Said before; nothing new happens and nobody did wrong.
  record AlreadyDone() implements Verdict {}

  /// A rule says no, and what was tried is worth recording or not.
  record Refusal(Reason reason, String message, List<WorkItemEvent> recorded) implements Verdict {
    public Refusal {
      recorded = List.copyOf(recorded);
    }
  }

  /// Why a command was refused.
  enum Reason {
    UNKNOWN_ITEM,
    KEY_BELONGS_TO_ANOTHER,
    NOT_IN_THIS_STATE,
    STALE_GENERATION,
    OWN_WORK
  }

  static Verdict accept(WorkItemEvent event) {
    return new Accept(List.of(event));
  }

  static Verdict refuse(Reason reason, String message) {
    return new Refusal(reason, message, List.of());
  }
}

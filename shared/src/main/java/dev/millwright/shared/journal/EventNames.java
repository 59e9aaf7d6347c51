package dev.millwright.shared.journal;

import dev.millwright.shared.workitem.WorkItemEvent;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The name table: what each event is called in the journal, for ever.
///
/// A record may be renamed; a name here may not. An event that changes its meaning gets a new name,
/// and the old one stays readable.
public final class EventNames {
  private static final Map<Class<? extends WorkItemEvent>, String> NAMES =
      Map.of(
          WorkItemEvent.SignalReceived.class, "signal-received",
          WorkItemEvent.AttemptStarted.class, "attempt-started",
          WorkItemEvent.CheckpointReported.class, "checkpoint-reported",
          WorkItemEvent.IntentRecorded.class, "intent-recorded",
          WorkItemEvent.AttemptEnded.class, "attempt-ended",
          WorkItemEvent.AttemptLost.class, "attempt-lost",
          WorkItemEvent.OutcomeRefused.class, "outcome-refused",
          WorkItemEvent.DecisionMade.class, "decision-made",
          WorkItemEvent.WaitEnded.class, "wait-ended");

  private static final Map<String, Class<? extends WorkItemEvent>> TYPES =
      NAMES.keySet().stream().collect(Collectors.toMap(NAMES::get, Function.identity()));

  private EventNames() {}

  public static String of(WorkItemEvent event) {
    var name = NAMES.get(event.getClass());
    if (name == null) {
      throw new IllegalStateException(event.getClass().getSimpleName() + " has no wire name");
    }
    return name;
  }

  static Class<? extends WorkItemEvent> type(String name) {
    var type = TYPES.get(name);
    if (type == null) {
      throw new IllegalStateException(
          "the journal holds an event '"
              + name
              + "' that this version does not know; run the version that wrote it or a newer one");
    }
    return type;
  }
}

package dev.millwright.shared.workitem;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an attempt returns: a closed set. The item, not the stage, decides what follows from it.
public sealed interface Outcome {
  /// One sentence for the history, the dashboard and the person who has to decide.
  String reason();

  /// The names used in the API, metrics and documentation.
  List<String> WIRE_NAMES =
      List.of("advance", "send_back", "wait", "retry", "give_up", "split", "drop");

  default String wire() {
    return switch (this) {
      case Advance _ -> "advance";
      case SendBack _ -> "send_back";
      case Wait _ -> "wait";
      case Retry _ -> "retry";
      case GiveUp _ -> "give_up";
      case Split _ -> "split";
      case Drop _ -> "drop";
    };
  }

  /// The stage is done; the item moves on.
  record Advance(String reason) implements Outcome {}

  /// An earlier stage has to do better, with these findings.
  record SendBack(Stage to, String reason, List<Diagnostic> diagnostics) implements Outcome {
    public SendBack {
      diagnostics = List.copyOf(diagnostics);
    }
  }

  /// Something outside has to happen first; with a time, the stage runs again when it is over.
  record Wait(WaitingOn on, String reason, @Nullable Duration atMost) implements Outcome {}

  /// This attempt failed in a way that may succeed later.
  record Retry(FailureKind kind, String reason, Duration after) implements Outcome {}

  /// No attempt will succeed; the reason is a report a person can use.
  record GiveUp(String reason) implements Outcome {}

  /// The item became several smaller ones, raised with the result.
  record Split(String reason) implements Outcome {}

  /// There is nothing to do.
  record Drop(String reason, @Nullable ItemId duplicateOf) implements Outcome {}
}

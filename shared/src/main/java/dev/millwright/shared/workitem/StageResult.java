package dev.millwright.shared.workitem;

import dev.millwright.shared.signal.Signal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything one attempt hands to its item.
///
/// @param part the stage's part of the context, `null` when it has none to add
/// @param raised signals for follow-up items; submitted, each under its own key, before the outcome
///   is recorded, so a crash between the two raises nothing twice
/// @param exchanges what was said to models and by them, as an artifact; `null` when nothing was
public record StageResult(
    Outcome outcome,
    @Nullable Part part,
    Usage usage,
    List<Signal> raised,
    @Nullable ArtifactRef exchanges) {
  public StageResult {
    raised = List.copyOf(raised);
  }

  /// Without a word to any model.
  public StageResult(Outcome outcome, @Nullable Part part, Usage usage, List<Signal> raised) {
    this(outcome, part, usage, raised, null);
  }

  public static StageResult of(Outcome outcome) {
    return new StageResult(outcome, null, Usage.NONE, List.of());
  }

  public static StageResult of(Outcome outcome, Part part) {
    return new StageResult(outcome, part, Usage.NONE, List.of());
  }

  public static StageResult advance(String reason, Part part) {
    return of(new Outcome.Advance(reason), part);
  }

  public StageResult costing(Usage usage) {
    return new StageResult(outcome, part, usage, raised, exchanges);
  }

  public StageResult keeping(@Nullable ArtifactRef kept) {
    return new StageResult(outcome, part, usage, raised, kept);
  }

  public StageResult raising(List<Signal> raised) {
    return new StageResult(outcome, part, usage, raised, exchanges);
  }
}

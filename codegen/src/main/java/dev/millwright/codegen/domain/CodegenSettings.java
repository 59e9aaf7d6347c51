package dev.millwright.codegen.domain;

import dev.millwright.shared.settings.PolicySettings;
import java.time.Duration;

/// The limits of one attempt.
///
/// @param turn the time an agent may take
/// @param transcriptBytes how much of what it says is kept; the rest is counted, not kept
public record CodegenSettings(Duration turn, long transcriptBytes) {
  private static final long TRANSCRIPT_BYTES = 64L << 20;

  public CodegenSettings {
    if (!turn.isPositive() || transcriptBytes <= 0) {
      throw new IllegalArgumentException("codegen's limits must be more than nothing");
    }
  }

  public static CodegenSettings of(PolicySettings policy) {
    return new CodegenSettings(policy.itemTime(), TRANSCRIPT_BYTES);
  }
}

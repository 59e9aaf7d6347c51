package dev.millwright.triage.adapter.board;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Keeps everybody from asking an address that has not answered several times in a row. After a
/// pause one question may go out; what comes of it decides for the others.
final class Circuit {
  private static final Duration PROBE = Duration.ofSeconds(1);

  private final int most;
  private final Duration pause;

  private int failures;
  private Instant openUntil = Instant.MIN;
  private boolean probing;

  /// @param most so many failures in a row open it
  Circuit(int most, Duration pause) {
    this.most = most;
    this.pause = pause;
  }

  /// Empty if a question may go out, which must then end in one of the others; else how long it is
  /// better not to ask.
  synchronized Optional<Duration> enter(Instant now) {
    if (failures < most) {
      return Optional.empty();
    }
    if (now.isBefore(openUntil)) {
      return Optional.of(Duration.between(now, openUntil));
    }
    if (probing) {
      return Optional.of(PROBE);
    }
    probing = true;
    return Optional.empty();
  }

  /// Until when nobody asks; in the past when the next question decides, empty while it is closed.
  synchronized Optional<Instant> openUntil() {
    return failures < most ? Optional.empty() : Optional.of(openUntil);
  }

  /// Somebody is there, whatever they said.
  synchronized void answered() {
    failures = 0;
    probing = false;
  }

  synchronized void failed(Instant now) {
    failures++;
    probing = false;
    if (failures >= most) {
      openUntil = now.plus(pause);
    }
  }

  /// Nothing was learned: the question was called back.
  synchronized void left() {
    probing = false;
  }
}

package dev.millwright.triage.adapter.board;

import dev.millwright.triage.adapter.board.BoardNetwork.Limits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// The networks of tests: patient with what works, impatient with what never answers.
final class Networks {
  static final int MOST_BYTES = 1 << 20;

  /// Patient, with real time.
  static final BoardNetwork PATIENT = with(Duration.ofSeconds(30), InstantSource.system());

  /// Gives up on an exchange soon.
  static final BoardNetwork IMPATIENT = with(Duration.ofMillis(300), InstantSource.system());

  private Networks() {}

  static BoardNetwork with(Duration exchange, InstantSource clock) {
    var pause = Duration.ofMillis(2);
    return new BoardNetwork(
        new Limits(Duration.ofSeconds(5), exchange, MOST_BYTES, pause, 3, Duration.ofSeconds(30)),
        clock);
  }

  /// Time that passes when told to.
  static final class Hands implements InstantSource {
    private final InstantSource base;
    private final AtomicReference<Duration> passed = new AtomicReference<>(Duration.ZERO);

    Hands() {
      this(InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z")));
    }

    /// Beside the time that passes by itself.
    Hands(InstantSource base) {
      this.base = base;
    }

    @Override
    public Instant instant() {
      return base.instant().plus(passed.get());
    }

    void pass(Duration time) {
      passed.updateAndGet(it -> it.plus(time));
    }
  }
}

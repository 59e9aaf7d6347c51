package dev.millwright.codegen.adapter.gateway;

import dev.millwright.shared.settings.ModelSettings.Rate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/// Keeps the calls of one model within what it takes in a minute. Nobody is refused: who came first
/// goes first, and everybody else waits.
final class Pace {
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final InstantSource clock;
  private final Deque<Object> line = new ArrayDeque<>();
  private final Bucket requests;
  private final Bucket tokens;

  Pace(InstantSource clock) {
    this.clock = clock;
    this.requests = new Bucket(clock.instant());
    this.tokens = new Bucket(clock.instant());
  }

  /// Waits for its turn, unless the attempt ends meanwhile.
  ///
  /// @param expected tokens, to be set right by `settle`
  /// @return whether it is its turn
  synchronized boolean enter(Rate rate, long expected, AttemptPass pass)
      throws InterruptedException {
    var me = new Object();
    line.addLast(me);
    try {
      while (!pass.closed()) {
        var missing = line.getFirst().equals(me) ? missing(rate) : LOOK;
        if (missing.isZero()) {
          requests.take(1);
          tokens.take(expected);
          return true;
        }
        // Who waits here is not silent.
        pass.traffic();
        wait(Math.clamp(missing.toMillis(), 1, LOOK.toMillis()));
      }
      return false;
    } finally {
      line.remove(me);
      notifyAll();
    }
  }

  synchronized void settle(long expected, long real) {
    tokens.take(real - expected);
  }

  private Duration missing(Rate rate) {
    var now = clock.instant();
    var first = requests.missing(rate.requests(), now);
    var second = tokens.missing(rate.tokens(), now);
    return first.compareTo(second) > 0 ? first : second;
  }

  /// Fills up all the time, to a tenth of a minute's worth at most. May be overdrawn, and gives
  /// nothing before that is paid back: so even one call that is larger than all of it gets through.
  static final class Bucket {
    private static final double BURST = 0.1;
    private static final double MINUTE_NANOS = 60e9;

    private double level = Double.MAX_VALUE;
    private Instant filled;

    Bucket(Instant now) {
      this.filled = now;
    }

    /// How long until it has something; 0 a minute is no limit.
    Duration missing(int perMinute, Instant now) {
      var nanos = Duration.between(filled, now).toNanos();
      filled = now;
      if (perMinute == 0) {
        level = Double.MAX_VALUE;
        return Duration.ZERO;
      }
      level = Math.min(level + nanos / MINUTE_NANOS * perMinute, Math.max(1, perMinute * BURST));
      return level > 0
          ? Duration.ZERO
          : Duration.ofNanos((long) (-level / perMinute * MINUTE_NANOS)).plusMillis(1);
    }

    void take(long amount) {
      level -= amount;
    }
  }
}

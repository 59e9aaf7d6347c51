package dev.millwright.codegen.adapter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.codegen.adapter.gateway.Pace.Bucket;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final Instant START = Instant.EPOCH;

  private final Bucket bucket = new Bucket(START);

  /// What gets through in so many seconds if it is asked for all the time.
  private int through(int perMinute, int seconds, int amount) {
    int calls = 0;
    for (var now = START; now.isBefore(START.plusSeconds(seconds)); now = now.plusMillis(10)) {
      if (bucket.missing(perMinute, now).isZero()) {
        bucket.take(amount);
        calls++;
      }
    }
    return calls;
  }

  @Test
  void an_hour_of_calls_stays_within_the_limit() {
    assertThat(through(60, 3_600, 1)).isBetween(3_600, 3_610);
  }

  @Test
  void a_call_larger_than_all_of_it_gets_through_and_is_paid_back() {
    assertThat(through(1_000, 600, 5_000)).isEqualTo(3);
  }

  @Test
  void without_a_limit_nobody_waits() {
    bucket.take(1_000_000);

    assertThat(bucket.missing(0, START)).isZero();
  }

  @Test
  void a_limit_that_comes_later_counts_from_then_on() {
    assertThat(bucket.missing(0, START)).isZero();
    assertThat(bucket.missing(10, START)).isZero();
    bucket.take(3);

    assertThat(bucket.missing(10, START)).isBetween(Duration.ofSeconds(12), Duration.ofSeconds(13));
  }
}

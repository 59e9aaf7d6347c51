package dev.millwright.shared.journal;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DurationsTest {
  private static Durations of(LongStream millis) {
    var counts = new TreeMap<Integer, Long>();
    var all = millis.toArray();
    for (var one : all) {
      counts.merge(Durations.bucket(Duration.ofMillis(one)), 1L, Long::sum);
    }
    return new Durations(counts, LongStream.of(all).sum());
  }

  @Test
  void a_percentile_is_right_to_a_tenth() {
    var random = new Random(11);
    var millis = LongStream.generate(() -> (long) Math.exp(random.nextDouble() * 18)).limit(5_000);
    var all = millis.sorted().toArray();
    var durations = of(LongStream.of(all));

    for (var share : new double[] {0.01, 0.5, 0.9, 0.99}) {
      var exact = (double) all[(int) Math.ceil(share * all.length) - 1];
      var told = (double) requireNonNull(durations.percentile(share)).toMillis();
      assertThat(told).as("p" + share).isCloseTo(exact, within(exact * 0.1 + 1));
    }
  }

  @Test
  void what_fits_a_power_of_two_exactly_is_within_it() {
    var durations = of(LongStream.of(0, 1, 64, 65, 4096, 1L << 30));

    assertThat(durations.within(0)).isEqualTo(2);
    assertThat(durations.within(6)).isEqualTo(3);
    assertThat(durations.within(7)).isEqualTo(4);
    assertThat(durations.within(12)).isEqualTo(5);
    assertThat(durations.within(40)).isEqualTo(durations.count()).isEqualTo(6);
  }

  @Test
  void nothing_has_no_percentile() {
    assertThat(Durations.NONE.percentile(0.5)).isNull();
    assertThat(Durations.NONE.count()).isZero();
  }
}

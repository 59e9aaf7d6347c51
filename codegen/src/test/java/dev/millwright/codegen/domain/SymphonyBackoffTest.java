package dev.millwright.codegen.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.shared.workitem.FailureKind;
import dev.millwright.shared.workitem.Outcome;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Symphony's lines about how long is waited before an attempt is made again.
class SymphonyBackoffTest {
  private static final Duration LONGEST = Duration.ofMinutes(5);

  @Test
  void C81_the_first_failure_waits_ten_seconds() {
    assertThat(pause(0, LONGEST)).hasSeconds(10);
  }

  @Test
  void C82_each_failure_waits_twice_as_long_as_the_one_before() {
    assertThat(pause(1, LONGEST)).hasSeconds(20);
    assertThat(pause(2, LONGEST)).hasSeconds(40);
    assertThat(pause(3, LONGEST)).hasSeconds(80);
  }

  @Test
  void C83_no_pause_is_longer_than_is_configured() {
    assertThat(pause(100, LONGEST)).isEqualTo(LONGEST);
    assertThat(pause(2, Duration.ofSeconds(15))).hasSeconds(15);
  }

  private static Duration pause(int failures, Duration longest) {
    var outcome =
        Codegen.failed(FailureKind.CRASH, "port_exit", Optional.empty(), failures, longest);
    return ((Outcome.Retry) outcome).after();
  }
}

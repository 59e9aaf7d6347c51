package dev.millwright.triage.actor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Duration EVERY = Duration.ofSeconds(30);

  @Test
  void a_board_that_answers_is_looked_at_as_often_as_set() {
    assertThat(Backoff.after(EVERY, 0, null, 1)).isEqualTo(EVERY);
  }

  @Test
  void the_rest_doubles_from_the_second_failure_on_up_to_ten_minutes() {
    assertThat(Backoff.after(EVERY, 1, null, 0)).isEqualTo(EVERY);
    assertThat(Backoff.after(EVERY, 2, null, 0)).isEqualTo(Duration.ofMinutes(1));
    assertThat(Backoff.after(EVERY, 3, null, 0)).isEqualTo(Duration.ofMinutes(2));
    assertThat(Backoff.after(EVERY, 1_000, null, 0)).isEqualTo(Duration.ofMinutes(10));
    assertThat(Backoff.after(Duration.ofHours(1), 5, null, 0)).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void boards_do_not_come_back_together() {
    assertThat(Backoff.after(EVERY, 1, null, 0.5)).isEqualTo(Duration.ofSeconds(33));
  }

  @Test
  void nobody_comes_back_sooner_than_asked() {
    var asked = Duration.ofMinutes(20);

    assertThat(Backoff.after(EVERY, 1, asked, 0)).isEqualTo(asked);
    assertThat(Backoff.after(EVERY, 6, Duration.ofSeconds(1), 0)).isEqualTo(Duration.ofMinutes(10));
  }
}

package dev.millwright.triage.adapter.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class JqlTest {

  @Test
  void a_state_is_one_word_whatever_it_holds() {
    var hostile = "Done\") OR project != \"ABC\\";

    assertThat(Jql.inStates("ABC", List.of("To Do", hostile)))
        .isEqualTo(
            "project = \"ABC\" AND status IN (\"To Do\", \"Done\\\") OR project != \\\"ABC\\\\\")"
                + " ORDER BY created ASC");
  }

  @Test
  void a_line_break_cannot_end_a_word() {
    assertThat(Jql.quoted("a\nb\u0000")).isEqualTo("\"a\\u000ab\\u0000\"");
  }

  @Test
  void a_length_of_time_is_rounded_up_to_whole_minutes() {
    assertThat(Jql.changedWithin("ABC", Duration.ofSeconds(61))).contains("\"-2m\"");
    assertThat(Jql.changedWithin("ABC", Duration.ZERO)).contains("\"-1m\"");
    assertThat(Jql.changedWithin("ABC", Duration.ofDays(3))).contains("\"-4320m\"");
  }
}

package dev.millwright.triage.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MentionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "@millwright mend the pump",
        "/millwright mend the pump",
        "Good morning.\n/millwright mend the pump",
        "Dear @Millwright, mend the pump",
        "> @millwright say nothing\n\n@millwright: mend the pump",
        "```\n@millwright rm -rf /\n```\n@millwright mend the pump"
      })
  void what_comes_after_its_name_is_said_to_the_factory(String comment) {
    assertThat(Mention.in(comment, "millwright")).contains("mend the pump");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "millwright, mend the pump",
        "> @millwright mend the pump",
        "```\n@millwright mend the pump\n```",
        "write to pump@millwright.example",
        "@millwrights mend the pump",
        "@millwright-bot mend the pump",
        "see src/millwright mend",
        "https://example.com/millwright mend the pump"
      })
  void nothing_else_is(String comment) {
    assertThat(Mention.in(comment, "millwright")).isEmpty();
  }

  @Test
  void its_name_alone_asks_for_a_look() {
    assertThat(Mention.in("@millwright", "millwright")).contains("Have a look at this.");
    assertThat(Mention.in("What do you think, @millwright?", "millwright")).isPresent();
  }
}

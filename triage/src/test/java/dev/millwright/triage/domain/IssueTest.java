package dev.millwright.triage.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.shared.signal.Author;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IssueTest {
  @Test
  void a_long_text_is_shortened_in_lists_and_still_the_same_text() {
    var whole = saying("x".repeat(60_000) + "end");

    assertThat(whole.listed().words().description()).hasSizeLessThanOrEqualTo(2_000);
    assertThat(whole.listed().listed()).isEqualTo(whole.listed());
    assertThat(Claim.Seen.of(whole.listed())).isEqualTo(Claim.Seen.of(whole));
    assertThat(Claim.Seen.of(saying("x".repeat(60_000) + "END").listed()))
        .isNotEqualTo(Claim.Seen.of(whole));
  }

  @Test
  void a_short_text_stays_as_it_is() {
    assertThat(saying("x".repeat(2_000)).listed()).isEqualTo(saying("x".repeat(2_000)));
  }

  private static Issue saying(String description) {
    return new Issue(
        new Issue.Ref("7", "ABC-7", null, Map.of()),
        new Issue.Words("Say two", description, List.of(), null),
        "Todo",
        0,
        new Issue.Standing(true, List.of(), null, new Author("kim", Author.Trust.MEMBER)),
        new Issue.Times(null, null));
  }
}

package dev.millwright.codegen.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.codegen.domain.IntentForm.Read;
import dev.millwright.codegen.domain.IntentRules.Answer;
import dev.millwright.shared.settings.PolicySettings;
import dev.millwright.shared.workitem.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class IntentsTest {
  @Nested
  class What_an_agent_says {
    @Test
    void is_read_into_its_intent() {
      assertThat(read("comment", Map.of("text", " fine \n")))
          .isEqualTo(new Read.Wanted(new Intent.Comment("fine")));
      assertThat(read("ask", Map.of("question", "Red or blue?")))
          .isEqualTo(new Read.Wanted(new Intent.Ask("Red or blue?")));
      assertThat(read("blocked", Map.of("reason", "no compiler", "missing_tool", "gcc")))
          .isEqualTo(new Read.Wanted(new Intent.Blocked("no compiler", "gcc")));
      assertThat(read("blocked", Map.of("reason", "no compiler")))
          .isEqualTo(new Read.Wanted(new Intent.Blocked("no compiler", null)));
      assertThat(read("follow_up", Map.of("title", "More", "body", "There", "kind", "bug")))
          .isEqualTo(new Read.Wanted(new Intent.FollowUp("More", "There", Kind.BUG)));
      assertThat(read("set_title", Map.of("title", "Round late")))
          .isEqualTo(new Read.Wanted(new Intent.ChangeTitle("Round late")));
    }

    @Test
    void is_refused_with_field_value_and_remedy() {
      assertThat(why("sing", Map.of()))
          .isEqualTo(
              "there is no 'sing': use one of comment, ask, blocked, follow_up, set_title, ticket, move_ticket, link_ticket");
      assertThat(why("comment", Map.of())).isEqualTo("'text' is missing: The comment.");
      assertThat(why("comment", Map.of("text", 5))).isEqualTo("'text' is 5: it must be a string");
      assertThat(why("comment", Map.of("text", List.of("a"))))
          .isEqualTo("'text' is [a]: it must be a string");
      assertThat(why("comment", Map.of("text", " \n"))).startsWith("'text' is empty");
      assertThat(why("comment", Map.of("text", "x".repeat(2_001))))
          .isEqualTo("'text' has 2001 characters: say it in at most 2000");
      assertThat(why("comment", Map.of("text", "x", "colour", "red")))
          .isEqualTo("'colour' is no field of comment: it has text");
      assertThat(why("set_title", Map.of("title", "one\ntwo")))
          .isEqualTo("'title' is one two: it must be one line");
      assertThat(why("follow_up", Map.of("title", "t", "body", "b", "kind", "epic")))
          .startsWith("'kind' is epic: use one of bug, ");
      assertThat(why("x".repeat(1_000), Map.of())).hasSizeLessThan(200);
    }

    private static Read read(String name, Map<String, ?> fields) {
      return IntentForm.read(name, fields);
    }

    private static String why(String name, Map<String, ?> fields) {
      return read(name, fields) instanceof Read.Unreadable(var why) ? why : "it was read";
    }
  }

  @Nested
  class Policy {
    private static final Intent ONE = new Intent.Comment("one");
    private static final Intent TWO = new Intent.Comment("two");
    private static final Intent ASK = new Intent.Ask("Red or blue?");

    private final IntentRules rules = new IntentRules(new PolicySettings.Intents(1, 0));

    @Test
    void counts_each_sort_by_itself() {
      assertThat(rules.judge(ONE, List.of())).isInstanceOf(Answer.Accepted.class);
      assertThat(rules.judge(ONE, List.of(ASK, new Intent.ChangeTitle("t"))))
          .isInstanceOf(Answer.Accepted.class);
      assertThat(rules.judge(TWO, List.of(ONE)))
          .isEqualTo(
              new Answer.Refused(
                  "Policy allows at most 1 comments in one attempt: say the rest in your last"
                      + " message."));
    }

    @Test
    void may_allow_none() {
      assertThat(rules.judge(new Intent.FollowUp("t", "b", null), List.of()))
          .isEqualTo(
              new Answer.Refused(
                  "Policy allows no follow-ups here: say it in your last message instead."));
    }

    @Test
    void lets_an_attempt_stop_once() {
      assertThat(rules.judge(ASK, List.of())).isInstanceOf(Answer.Accepted.class);
      assertThat(rules.judge(new Intent.Blocked("no gcc", "gcc"), List.of(ASK)))
          .isInstanceOf(Answer.Refused.class);
    }

    @Test
    void knows_what_is_said_again() {
      assertThat(IntentRules.repeats(ONE, List.of(ONE))).isTrue();
      assertThat(IntentRules.repeats(TWO, List.of(ONE))).isFalse();
      var title = new Intent.ChangeTitle("t");
      assertThat(IntentRules.repeats(title, List.of(title))).isFalse();
    }
  }
}

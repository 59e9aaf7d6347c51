package dev.millwright.codegen.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.codegen.port.Template;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiquidTemplateTest {
  private final Template liquid = new LiquidTemplate();

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      value = {
        "{{ issue.title | upcase }} => MEND IT",
        "{% if attempt %}again{% else %}first{% endif %} => first",
        "{% if attempt == nil %}first{% endif %} => first",
        "<{{ issue.url }}> => <>",
        "{% for one in issue.labels %}{{ forloop.index }}{{ one }} {% endfor %} => 1a 2b",
        "{% for one in issue.blocked_by %}{{ one.identifier }}={{ one.state }}{% endfor %} => A-1=Todo",
        "{% assign x = issue.title %}{{ x | size }} => 7",
        "{% capture y %}z{% endcapture %}{{ y }} => z",
        "{{ issue.labels | join: \", \" }} => a, b",
        "no places at all => no places at all",
      })
  void what_is_known_is_filled_in(String text, String filled) throws Exception {
    assertThat(liquid.render(text, known()).strip()).isEqualTo(filled);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      value = {
        "{{ isue.title }} => 'isue' is not known; known are issue, attempt",
        "{{ issue.titel }} => 'issue.titel' is not known; known are title, url, labels, blocked_by",
        "{% if issue.nope %}x{% endif %} => 'issue.nope' is not known",
        "{% for one in issue.blocked_by %}{{ one.nope }}{% endfor %} => 'issue.blocked_by.nope'",
        "{{ issue.title | shout }} => shout",
        "{% if issue.title %} => expecting TagStart",
        "{{ issue.title => ",
        "{% include 'secrets' %} => cannot include 'secrets'",
        "{% for a in (1..100000) %}{% endfor %} => maxIterations",
      })
  void everything_else_says_what_is_wrong(String text, @Nullable String words) {
    assertThatThrownBy(() -> liquid.render(text, known()))
        .isInstanceOf(Template.Broken.class)
        .hasMessageContaining(words == null ? "" : words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{% if attempt %}", "{{ 'x' | append: 'y' }}", "((((("})
  void a_template_made_to_hurt_ends(String piece) {
    assertThatThrownBy(() -> liquid.render("{{ nope }}" + piece.repeat(20_000), known()))
        .isInstanceOf(Template.Broken.class);
  }

  @Test
  void what_is_filled_in_is_not_read_as_a_template() throws Exception {
    var known = known();
    known.put("attempt", "{{ issue.nope }}{% include 'x' %}");

    assertThat(liquid.render("{{ attempt }}", known)).isEqualTo(known.get("attempt"));
  }

  private static Map<String, @Nullable Object> known() {
    var issue = new LinkedHashMap<String, @Nullable Object>();
    issue.put("title", "mend it");
    issue.put("url", null);
    issue.put("labels", Arrays.asList("a", "b"));
    issue.put("blocked_by", List.of(Map.of("identifier", "A-1", "state", "Todo")));
    var known = new LinkedHashMap<String, @Nullable Object>();
    known.put("issue", issue);
    known.put("attempt", null);
    return known;
  }
}

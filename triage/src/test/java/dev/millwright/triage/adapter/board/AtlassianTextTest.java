package dev.millwright.triage.adapter.board;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AtlassianTextTest {

  @Nested
  class A_document {
    @Test
    void keeps_paragraphs_headings_and_line_breaks() {
      assertThat(
              read(
                  """
                  {"type": "doc", "version": 1, "content": [
                    {"type": "heading", "attrs": {"level": 2}, "content": [{"type": "text", "text": "What happens"}]},
                    {"type": "paragraph", "content": [
                      {"type": "text", "text": "The total is "},
                      {"type": "text", "text": "wrong", "marks": [{"type": "strong"}]},
                      {"type": "hardBreak"}, {"type": "text", "text": "since May."}]},
                    {"type": "paragraph"},
                    {"type": "rule"}]}
                  """))
          .isEqualTo("## What happens\n\nThe total is **wrong**\nsince May.\n\n---");
    }

    @Test
    void keeps_lists_in_lists_and_tasks() {
      assertThat(
              read(
                  """
                  {"type": "doc", "content": [
                    {"type": "bulletList", "content": [
                      {"type": "listItem", "content": [
                        {"type": "paragraph", "content": [{"type": "text", "text": "one"}]},
                        {"type": "orderedList", "attrs": {"order": 3}, "content": [
                          {"type": "listItem", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "three"}]}]},
                          {"type": "listItem", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "four"}]}]}]}]},
                      {"type": "listItem", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "two"}]}]}]},
                    {"type": "taskList", "content": [
                      {"type": "taskItem", "attrs": {"state": "TODO"}, "content": [{"type": "text", "text": "check it"}]}]}]}
                  """))
          .isEqualTo("- one\n  3. three\n  4. four\n- two\n\n- check it");
    }

    @Test
    void keeps_code_as_it_is_and_cannot_be_left_by_a_fence_in_it() {
      assertThat(
              read(
                  """
                  {"type": "doc", "content": [
                    {"type": "codeBlock", "attrs": {"language": "java"}, "content": [{"type": "text", "text": "int a;\\n```\\nint b;"}]},
                    {"type": "paragraph", "content": [{"type": "text", "text": "a()", "marks": [{"type": "code"}]}]}]}
                  """))
          .isEqualTo("````java\nint a;\n```\nint b;\n````\n\n`a()`");
    }

    @Test
    void says_links_mentions_dates_and_cards_as_text() {
      assertThat(
              read(
                  """
                  {"type": "doc", "content": [{"type": "paragraph", "content": [
                    {"type": "mention", "attrs": {"id": "5b1", "text": "@Ada"}}, {"type": "text", "text": " wrote "},
                    {"type": "text", "text": "this", "marks": [{"type": "link", "attrs": {"href": "https://a.example/1"}}]},
                    {"type": "text", "text": " on "}, {"type": "date", "attrs": {"timestamp": "1735689600000"}},
                    {"type": "text", "text": ", see "}, {"type": "inlineCard", "attrs": {"url": "https://a.example/2"}},
                    {"type": "text", "text": " "}, {"type": "emoji", "attrs": {"shortName": ":smile:", "text": "😄"}},
                    {"type": "status", "attrs": {"text": "LATE"}}]}]}
                  """))
          .isEqualTo(
              "@Ada wrote [this](https://a.example/1) on 2025-01-01, see https://a.example/2 😄LATE");
    }

    @Test
    void keeps_quotes_panels_and_tables() {
      assertThat(
              read(
                  """
                  {"type": "doc", "content": [
                    {"type": "panel", "attrs": {"panelType": "info"}, "content": [
                      {"type": "paragraph", "content": [{"type": "text", "text": "a"}]},
                      {"type": "paragraph", "content": [{"type": "text", "text": "b"}]}]},
                    {"type": "table", "content": [
                      {"type": "tableRow", "content": [
                        {"type": "tableHeader", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "x|y"}]}]},
                        {"type": "tableCell", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "z"}]}]}]}]}]}
                  """))
          .isEqualTo("> a\n> \n> b\n\n| x\\|y | z |");
    }

    @Test
    void gives_the_words_inside_of_what_is_not_known() {
      assertThat(
              read(
                  """
                  {"type": "doc", "content": [{"type": "holograms", "content": [
                    {"type": "paragraph", "content": [{"type": "text", "text": "still "}, {"type": "sparkle", "content": [{"type": "text", "text": "here"}]}]}]}]}
                  """))
          .isEqualTo("still here");
    }
  }

  @Nested
  class Something_else {
    @Test
    void that_is_plain_text_is_taken_as_it_is() {
      assertThat(read("\" just words \"")).isEqualTo("just words");
    }

    @Test
    void that_is_nothing_or_junk_has_no_words() {
      assertThat(read("null")).isEmpty();
      assertThat(read("{\"type\": 7, \"content\": {\"a\": \"b\"}}")).isEmpty();
      assertThat(read("[1, 2]")).isEmpty();
    }

    @Test
    void that_goes_deeper_than_anybody_writes_ends_there() {
      var deep = "{\"type\":\"blockquote\",\"content\":[".repeat(90) + "]}".repeat(90);

      assertThat(read(deep)).isEmpty();
    }
  }

  private static String read(String json) {
    return AtlassianText.of(parsed(json));
  }

  static JsonNode parsed(String json) {
    try {
      return new ObjectMapper().readTree(json);
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }
}

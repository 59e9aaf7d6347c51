package dev.millwright.triage.adapter.board;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AtlassianDocumentTest {

  @Test
  void a_comment_of_the_factory_becomes_a_document() {
    assertThat(
            AtlassianDocument.of(
                """
                ## Ready for review

                The change is **small** and *tested*:
                see [the request](https://a.example/1).

                1. read `Total`
                2. run it

                ```sh
                make check
                ```
                """))
        .isEqualTo(
            AtlassianTextTest.parsed(
                """
                {"type": "doc", "version": 1, "content": [
                  {"type": "heading", "attrs": {"level": 2}, "content": [{"type": "text", "text": "Ready for review"}]},
                  {"type": "paragraph", "content": [
                    {"type": "text", "text": "The change is "},
                    {"type": "text", "text": "small", "marks": [{"type": "strong"}]},
                    {"type": "text", "text": " and "},
                    {"type": "text", "text": "tested", "marks": [{"type": "em"}]},
                    {"type": "text", "text": ":"},
                    {"type": "hardBreak"},
                    {"type": "text", "text": "see "},
                    {"type": "text", "text": "the request", "marks": [{"type": "link", "attrs": {"href": "https://a.example/1"}}]},
                    {"type": "text", "text": "."}]},
                  {"type": "orderedList", "attrs": {"order": 1}, "content": [
                    {"type": "listItem", "content": [{"type": "paragraph", "content": [
                      {"type": "text", "text": "read "}, {"type": "text", "text": "Total", "marks": [{"type": "code"}]}]}]},
                    {"type": "listItem", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "run it"}]}]}]},
                  {"type": "codeBlock", "attrs": {"language": "sh"}, "content": [{"type": "text", "text": "make check"}]}]}
                """));
  }

  @Test
  void html_mentions_and_addresses_that_are_no_web_page_stay_text() {
    var document =
        AtlassianDocument.of("@ada <b>hi</b> [go](javascript:alert(1))\n\n<script>x</script>");

    assertThat(document.findValuesAsText("type")).doesNotContain("mention", "link");
    assertThat(AtlassianText.of(document)).isEqualTo("@ada <b>hi</b> go\n\n<script>x</script>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-\n-\n",
        "- # heading in a list\n- > quote in a list\n- ---\n",
        "> # heading in a quote\n>\n> > quote in a quote\n>\n> ---",
        "**bold `code` [link *it*](https://a.example) ![image](https://a.example/i.png)**",
        "[`code`](https://a.example) ****twice****",
        "```\n```",
        "    indented code\n\n- \n\n      code in a list",
        "# ![](x)\n\n<!-- note -->\n\n***",
        "1) a\n   - b\n     1. c\n        > d"
      })
  void whatever_is_written_only_stands_where_the_format_allows_it(String markdown) {
    assertThat(misplaced(AtlassianDocument.of(markdown), "doc")).isEmpty();
  }

  private static final Set<String> INLINE = Set.of("text", "hardBreak");
  private static final Set<String> IN_QUOTE =
      Set.of("paragraph", "bulletList", "orderedList", "codeBlock");
  private static final Map<String, Set<String>> ALLOWED =
      Map.of(
          "doc",
          Set.of(
              "paragraph",
              "heading",
              "bulletList",
              "orderedList",
              "codeBlock",
              "blockquote",
              "rule"),
          "paragraph",
          INLINE,
          "heading",
          INLINE,
          "codeBlock",
          Set.of("text"),
          "bulletList",
          Set.of("listItem"),
          "orderedList",
          Set.of("listItem"),
          "listItem",
          IN_QUOTE,
          "blockquote",
          IN_QUOTE);

  /// What Atlassian's published schema of the format would refuse.
  private static List<String> misplaced(JsonNode node, String type) {
    var wrong = new ArrayList<String>();
    if (!node.path("type").asText().equals(type)) {
      wrong.add("no " + type + ": " + node);
    }
    if (type.equals("text") && node.path("text").asText().isEmpty()) {
      wrong.add("empty text");
    }
    var marks = node.path("marks").findValuesAsText("type");
    if (Set.copyOf(marks).size() < marks.size()) {
      wrong.add("a mark twice: " + node);
    }
    if (marks.contains("code") && !Set.of("code", "link").containsAll(marks)) {
      wrong.add("a mark beside code: " + node);
    }
    for (var child : node.path("content")) {
      var below = child.path("type").asText();
      if (!ALLOWED.getOrDefault(type, Set.of()).contains(below)) {
        wrong.add(below + " in " + type);
      }
      wrong.addAll(misplaced(child, below));
    }
    if (type.endsWith("List") && node.path("content").isEmpty()) {
      wrong.add("a list without items");
    }
    if (type.equals("listItem")
        && !Set.of("paragraph", "codeBlock").contains(node.at("/content/0/type").asText())) {
      wrong.add("an item that begins with something else");
    }
    return wrong;
  }
}

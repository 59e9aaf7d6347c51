package dev.millwright.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.options.AriaRole;
import dev.millwright.app.browser.Stay.Shared;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Stay.class)
class ReviewPageTest {
  private final Shared stay;

  ReviewPageTest(Shared stay) {
    this.stay = stay;
  }

  private Visitor reviewer(String id) {
    stay.client().awaitReview(id);
    var visitor = stay.visit("/review?item=" + id);
    visitor.sees("@@");
    visitor.reads(visitor.find(AriaRole.COMPLEMENTARY, "Decide"), "Passed on commit");
    return visitor;
  }

  @Test
  void approving_lands_the_change() {
    var id = stay.client().signal("approve-me", "worker");
    try (var visitor = reviewer(id)) {
      visitor.find(AriaRole.BUTTON, "Approve").click();
      visitor.sees("You approve commit");
      visitor.find(AriaRole.BUTTON, "Approve").click();
      visitor.sees("Approved: Do approve-me");

      var done = stay.client().await(id, "is done", it -> status(it).equals("finished"));
      assertThat(done.path("result").asText()).isEqualTo("done");
    }
  }

  @Test
  void a_comment_sends_it_back_and_the_new_change_is_shown() {
    var id = stay.client().signal("rework-me", Stay.AGAIN);
    try (var visitor = reviewer(id)) {
      var before = stay.client().item(id).path("change").path("commit").asText();
      visitor.press("r");
      visitor.page().keyboard().type("Once more, please.");
      visitor.press("Control+Enter");
      visitor.sees("Sent back to work: Do rework-me");

      var again =
          stay.client()
              .await(
                  id,
                  "waits with another change",
                  it ->
                      it.path("waiting_on").asText().equals("review")
                          && !it.path("change").path("commit").asText().equals(before));
      assertThat(stay.client().get("/api/v1/items/" + id + "/context").path("decisions").toString())
          .contains("Once more, please.");
      visitor.open("/items/" + id);
      visitor.sees("Sent back to work");
      visitor.sees("Once more, please.");
      assertThat(again.path("attempts").size()).isGreaterThan(4);
    }
  }

  @Test
  void a_reason_rejects_it_for_good() {
    var id = stay.client().signal("reject-me", "worker");
    try (var visitor = reviewer(id)) {
      visitor.press("x");
      var reject = visitor.find(AriaRole.BUTTON, "Reject");
      assertThat(reject.isDisabled()).isTrue();
      visitor.page().keyboard().type("We never wanted this.");
      reject.click();
      visitor.sees("Rejected: Do reject-me");

      var item = stay.client().await(id, "is finished", it -> status(it).equals("finished"));
      assertThat(item.path("result").asText()).isEqualTo("rejected");
    }
  }

  @Test
  void a_decision_that_came_too_late_says_so() {
    var id = stay.client().signal("too-late", "worker");
    try (var visitor = reviewer(id)) {
      visitor.expectFailures();
      visitor.press("x");
      visitor.page().keyboard().type("No.");
      stay.client().post(200, "/api/v1/items/" + id + "/cancel", Map.of());
      visitor.sees("This item no longer waits for you");
    }
  }

  private static String status(JsonNode item) {
    return item.path("status").asText();
  }
}

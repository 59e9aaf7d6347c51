package dev.millwright.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import dev.millwright.app.browser.Stay.Shared;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Stay.class)
class FloorPageTest {
  private final Shared stay;

  FloorPageTest(Shared stay) {
    this.stay = stay;
  }

  @Test
  void an_idle_page_asks_for_nothing() {
    try (var visitor = stay.visit("/")) {
      visitor.sees(visitor.lane("Release"));
      visitor.page().waitForLoadState();
      visitor.page().clock().install();
      visitor.open("/");
      visitor.sees(visitor.lane("Release"));
      var before = visitor.requests().size();

      visitor.page().clock().fastForward("00:35");

      visitor.evaluate("document.title");
      assertThat(visitor.requests()).as("two page loads, then silence").hasSize(before);
      assertThat(visitor.requests().stream().filter(it -> it.endsWith("/stream"))).hasSize(2);
    }
  }

  @Test
  void a_stage_is_paused_and_resumed_from_its_lane() {
    try (var visitor = stay.visit("/")) {
      visitor.find(AriaRole.BUTTON, "Pause documentation").click();
      visitor.reads(visitor.lane("Documentation"), "paused");
      assertThat(paused()).containsExactly("documentation");

      visitor.find(AriaRole.BUTTON, "Resume documentation").click();
      visitor.sees(visitor.find(AriaRole.BUTTON, "Pause documentation"));
      assertThat(paused()).isEmpty();
    }
  }

  private List<String> paused() {
    return stay.client()
        .get("/api/v1/stages")
        .path("stages")
        .valueStream()
        .filter(it -> it.path("paused").asBoolean())
        .map(it -> it.path("name").asText())
        .toList();
  }

  @Test
  void each_wheel_stands_over_its_lane() {
    try (var visitor = stay.visit("/")) {
      for (var width : new int[] {1920, 1440, 1024}) {
        visitor.page().setViewportSize(width, 900);
        visitor.sees(visitor.page().locator(".wheel").first());
        var wheels = visitor.page().locator(".wheel .hub").all();
        var lanes = visitor.page().locator(".lane").all();

        assertThat(wheels).hasSameSizeAs(lanes).hasSize(6);
        for (var i = 0; i < lanes.size(); i++) {
          assertThat(centre(wheels.get(i).boundingBox()))
              .as("wheel %d at %d pixels", i, width)
              .isCloseTo(centre(lanes.get(i).boundingBox()), Offset.offset(1.0));
        }
      }
    }
  }

  private static double centre(BoundingBox box) {
    return box.x + box.width / 2;
  }

  @Test
  void everything_is_reached_by_keyboard() {
    stay.client().awaitReview(stay.client().signal("keyboard", "worker"));
    try (var visitor = stay.visit("/")) {
      visitor.sees(visitor.lane("Release").getByText("Do keyboard"));

      visitor.press("Tab");
      assertThat(focused(visitor)).isEqualTo("Skip to content");
      visitor.press("/");
      visitor.page().keyboard().type("keyboard");
      visitor.isGone(visitor.page().locator(".card").nth(1));
      visitor.page().locator("#search").blur();
      visitor.press("j");
      assertThat(focused(visitor)).startsWith("Do keyboard");
      visitor.press("Enter");
      visitor.isAt("/review?item=task-keyboard");
      assertThat(visitor.evaluate("document.activeElement.id")).isEqualTo("main");
      visitor.press("o");
      visitor.isAt("/items/task-keyboard");
      visitor.press("3");
      visitor.isAt("/items/task-keyboard?tab=evidence");
      visitor.press("g", "i");
      visitor.isAt("/items");
      visitor.press("?");
      var help = visitor.page().getByRole(AriaRole.DIALOG, named("Keyboard"));
      visitor.sees(help);
      visitor.press("Escape");
      visitor.isGone(help);
      visitor.press("g", "f");
      visitor.sees(visitor.lane("Release"));
    }
  }

  @Test
  void what_comes_in_is_shown_as_it_comes_with_the_reason_and_is_replayed_by_a_key()
      throws Exception {
    try (var visitor = stay.visit("/")) {
      visitor.press("g", "b");
      visitor.isAt("/intake");
      var board = visitor.page().locator(".board");
      visitor.reads(board, "backlog");
      visitor.reads(board, "Live");
      visitor.reads(board, "Seen1");
      visitor.reads(board, "Eligible0");
      board.getByText("1 ticket cannot be read").click();
      visitor.reads(board, "torn: line 2");

      push();

      var deliveries = visitor.find(AriaRole.REGION, "Deliveries");
      visitor.reads(deliveries, "gitlab · push");
      visitor.reads(deliveries, "No rule looks at gitlab/push");
      visitor.press("j");
      visitor.press("Enter");
      visitor.reads(deliveries, "\"by\": \"<b>ada</b>\"");
      visitor.press("e");
      visitor.sees(visitor.page().getByText("The rules look at it again").first());
      visitor.find(AriaRole.BUTTON, "Dead letters").click();
      visitor.isAt("/intake?show=dead");
      visitor.reads(deliveries, "None of these");
    }
  }

  private void push() throws Exception {
    var delivery =
        HttpRequest.newBuilder(stay.server().url().resolve("/hooks/gitlab/acme"))
            .header("Content-Type", "application/json")
            .header("X-Gitlab-Token", "a secret of both")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"object_kind\":\"push\",\"by\":\"<b>ada</b>\"}"))
            .build();
    try (var http = HttpClient.newHttpClient()) {
      assertThat(http.send(delivery, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(204);
    }
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  private static String focused(Visitor visitor) {
    return String.valueOf(visitor.evaluate("document.activeElement.innerText"));
  }
}

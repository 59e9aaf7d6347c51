package dev.millwright.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import dev.millwright.app.browser.Stay.Shared;
import dev.millwright.app.running.Client;
import dev.millwright.app.running.ServerProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Symphony's lines about its dashboard, in ours.
@ExtendWith(Stay.class)
class SymphonyDashboardTest {
  private final Shared stay;

  @TempDir Path folder;

  SymphonyDashboardTest(Shared stay) {
    this.stay = stay;
  }

  @Test
  void C159_a_factory_that_is_away_is_said_and_the_page_goes_on_when_it_is_back() {
    var home = Stay.home(folder, "");
    var first = ServerProcess.start(home);
    try (var visitor = stay.chromium().visit(first.url()).open("/")) {
      var before = new Client(first.url()).signal("before", "worker");
      visitor.sees(visitor.lane("Release").getByText("Do before"));
      visitor.evaluate("window.neverLoadedAgain = true");
      visitor.expectFailures();

      first.kill();
      visitor.sees("The factory does not answer.");
      visitor.sees(visitor.lane("Release").getByText("Do before"));

      try (var second = ServerProcess.start(home, first.url().getPort())) {
        var client = new Client(second.url());
        client.signal("meanwhile", "worker");
        visitor.sees("The factory is back");
        visitor.sees(visitor.lane("Release").getByText("Do meanwhile"));
        visitor.isGone(visitor.page().getByText("The factory does not answer."));
        assertThat(client.item(before).path("status").asText()).isEqualTo("waiting");
        assertThat(visitor.evaluate("window.neverLoadedAgain")).isEqualTo(true);
      }
    } finally {
      first.close();
    }
  }

  @Test
  void C167_a_normal_stop_ends_with_0_and_says_so() {
    try (var server = ServerProcess.start(Stay.home(folder, ""))) {
      var exit = server.stop();

      assertThat(exit).as(server.output()).isZero();
      assertThat(server.output()).contains("Stopping; what is at work queues again");
    }
  }

  @Test
  void C160_hostile_words_are_shown_and_are_no_links() {
    var title = "<img src=x onerror=alert(1)> \u202egnp.exe مرحبا " + "W".repeat(200);
    var signal =
        Map.of(
            "source", "<b>board</b>",
            "key", "task:hostile",
            "title", title,
            "body",
                "</pre><script>alert(2)</script>\n\n[x](javascript:alert(3)) " + "y".repeat(9000),
            "kind", "chore",
            "labels", List.of("<i>label</i>"),
            "repo", "orders",
            "agent", "worker");
    stay.client().post(202, "/api/v1/signals", signal);
    stay.client().awaitReview("task-hostile");
    try (var visitor = stay.visit("/")) {
      for (var path : new String[] {"/", "/items", "/review", "/items/task-hostile"}) {
        visitor.open(path);
        visitor.sees("<img src=x onerror=alert(1)>");
        assertThat(
                visitor.evaluate(
                    "document.querySelectorAll('main img, main script, main b b').length"))
            .isEqualTo(0);
        assertThat(String.valueOf(visitor.evaluate("document.body.innerText")))
            .doesNotContain("\u202e");
        visitor.page().setViewportSize(390, 844);
        assertThat((Integer) visitor.evaluate("document.documentElement.scrollWidth"))
            .as("width of %s on a phone", path)
            .isLessThanOrEqualTo(390);
        visitor.page().setViewportSize(1440, 900);
      }
      assertThat(visitor.page().locator("a[href^=javascript]").count()).isZero();
    }
  }

  @Test
  void C161_an_item_travels_over_the_open_page_to_its_end() {
    try (var visitor = stay.visit("/")) {
      visitor.sees(visitor.lane("Release"));
      visitor.evaluate("window.neverLoadedAgain = true");

      var id = stay.client().signal("travels", "worker");
      var inRelease = visitor.lane("Release").getByText("Do travels");
      visitor.sees(inRelease);
      stay.client().post(200, "/api/v1/items/" + id + "/approve", Map.of());

      visitor.sees(visitor.find(AriaRole.REGION, "Recently finished").getByText("Do travels"));
      visitor.isGone(inRelease);
      assertThat(visitor.evaluate("window.neverLoadedAgain")).isEqualTo(true);
    }
  }
}
